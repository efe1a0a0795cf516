"""Entries -> the compiled files: a trie of folded names and little-endian arrays that are opened memory-mapped.

Layout of assets/gazetteer: ``names.marisa`` (folded name -> name id), ``starts.npy`` (name id -> first posting),
``postings.npy`` (place row and class of the name), ``senses.npy`` (name id -> what else the word may be),
``places.npy`` (PLACE_DTYPE), ``units.npy`` (ordinal of a first-order unit -> its row), ``label_starts.npy`` and
``labels.bin`` (display names, UTF-8), ``meta.json`` (format, countries, sources, counts).
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from geo.names import fold, is_latin, looks_abbreviated, slug
from geo.records import (
    ALIAS,
    CAPITAL,
    CAPITAL_PRIOR,
    FORMAT,
    INDEX_BITS,
    KEY_HAS_COUNTRY,
    KIND_PRIOR,
    KINDS,
    OFFICIAL,
    PLACE_DTYPE,
    PRECISION_OF,
    PRECISIONS,
    SHORT,
    WORD,
    Entry,
)

FILES: Final = (
    "names.marisa", "starts.npy", "postings.npy", "senses.npy", "places.npy", "units.npy", "label_starts.npy",
    "labels.bin", "meta.json",
)  # fmt: skip
_SECOND_NAME: Final = 6.0
_SECOND_NAME_OF_UNIT: Final = 25.0
_SHORTEST_ALIAS: Final = 3
_WORLD_CITY: Final = 1_000_000


def prior(entry: Entry) -> float:
    """A rough order of prominence: kind and population; the order of rows and of look-ups rests on it."""
    return KIND_PRIOR[entry.kind] + 5 * math.log10(1 + entry.population) + (CAPITAL_PRIOR if entry.capital else 0.0)


def prominence(entry: Entry, rank: int) -> float:
    """Prior of a bearer of a name: a unit's or town's second name counts less than somebody else's own name."""
    if rank != ALIAS:
        return prior(entry)
    return prior(entry) - (_SECOND_NAME_OF_UNIT if entry.kind in ("admin1", "admin2", "admin3") else _SECOND_NAME)


def compile_gazetteer(entries: Iterable[Entry], words: Mapping[str, int], folder: Path) -> dict[str, Any]:
    """Write the compiled files to ``folder`` and return their meta data. Same entries, same bytes."""
    ordered = sorted(entries, key=lambda e: (-prior(e), e.geonameid, e.name, e.lat, e.lon, e.source))
    folder.mkdir(parents=True, exist_ok=True)
    countries = sorted({e.country for e in ordered if e.country})
    sources = sorted({e.source for e in ordered})
    postings = _postings(ordered, words)
    _write_names(postings, ordered, words, folder)
    _write_places(ordered, countries, sources, folder)
    _write_labels(ordered, folder)
    meta = {
        "format": FORMAT, "countries": countries, "sources": sources, "kinds": list(KINDS),
        "precisions": list(PRECISIONS), "places": len(ordered), "names": len(postings),
        "postings": sum(map(len, postings.values())),
    }  # fmt: skip
    _replace(folder / "meta.json", (json.dumps(meta, indent=1, sort_keys=True) + "\n").encode())
    return meta


def _postings(entries: Sequence[Entry], words: Mapping[str, int]) -> dict[str, dict[int, int]]:
    """Folded name -> {row: class of the name}, rows in order of prominence."""
    found: dict[str, dict[int, int]] = {}
    for row, entry in enumerate(entries):
        for name, rank in _names_of(entry, words):
            rows = found.setdefault(name, {})
            rows[row] = min(rank, rows.get(row, SHORT))
    return found


def _names_of(entry: Entry, words: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    own = fold(entry.name)
    for name in (entry.name, *entry.other_names):
        key = fold(name)
        if key and is_latin(key):
            yield key, OFFICIAL
    for short in entry.short_forms:
        yield fold(short), SHORT
    for alias in entry.aliases:
        key = fold(alias)
        if key and key != own and is_latin(key) and _keeps(entry, alias, key, words):
            yield key, ALIAS


def _keeps(entry: Entry, alias: str, key: str, words: Mapping[str, int]) -> bool:
    """False for codes (IATA and the like), and for common words as second names of places that few write about."""
    if looks_abbreviated(alias) and (alias.isupper() or entry.kind not in ("city", "country", "admin1")):
        return False
    if alias.isupper() and len(alias) <= 4:
        return False
    if len(key) < _SHORTEST_ALIAS:
        return False
    common = bool(words.get(key, 0) & WORD) and entry.kind in ("city", "town", "village")
    return not common or entry.population >= _WORLD_CITY


def _write_names(
    postings: Mapping[str, dict[int, int]], entries: Sequence[Entry], words: Mapping[str, int], folder: Path
) -> None:
    trie = marisa_trie.Trie(sorted(postings))
    _replace(folder / "names.marisa", trie.tobytes())
    by_id: list[str] = [""] * len(postings)
    for name in postings:
        by_id[trie[name]] = name
    counts = np.array([len(postings[name]) for name in by_id], dtype=np.int64)
    starts = np.zeros(len(by_id) + 1, dtype="<u4")
    starts[1:] = np.cumsum(counts)
    flat = [row | rank << INDEX_BITS for name in by_id for row, rank in _in_order(postings[name], entries)]
    _save(folder / "starts.npy", starts)
    _save(folder / "postings.npy", np.array(flat, dtype="<u4"))
    _save(folder / "senses.npy", np.array([words.get(name, 0) for name in by_id], dtype="u1"))


def _in_order(rows: Mapping[int, int], entries: Sequence[Entry]) -> list[tuple[int, int]]:
    """Rows and classes of a name, the most prominent bearer first."""
    return sorted(rows.items(), key=lambda item: (-prominence(entries[item[0]], item[1]), item[0]))


def _write_places(entries: Sequence[Entry], countries: list[str], sources: list[str], folder: Path) -> None:
    country_of = {iso: index + 1 for index, iso in enumerate(countries)}
    rows = {e.code: row for row, e in reversed(list(enumerate(entries))) if e.kind in ("admin1", "admin2", "admin3")}
    units = [row for row, e in enumerate(entries) if e.kind == "admin1"]
    ordinal = {entries[row].code: index + 1 for index, row in enumerate(units)}
    clashes = _clashing_slugs(entries)
    table = np.zeros(len(entries), dtype=PLACE_DTYPE)
    for row, e in enumerate(entries):
        admin1 = e.code if e.kind == "admin1" else e.admin1
        table[row] = (
            e.lat, e.lon, min(e.population, 2**32 - 1), e.geonameid, rows.get(e.admin2, -1) + 1, ordinal.get(admin1, 0),
            min(e.radius_km, 20_000.0), KINDS.index(e.kind), PRECISIONS.index(e.precision or PRECISION_OF[e.kind]),
            country_of.get(e.country, 0), _flags(e, clashes), sources.index(e.source),
        )  # fmt: skip
    _save(folder / "places.npy", table)
    _save(folder / "units.npy", np.array(units, dtype="<u4"))


def _flags(entry: Entry, clashes: frozenset[str]) -> int:
    clash = entry.geonameid == 0 and slug(entry.name) in clashes
    return (CAPITAL if entry.capital else 0) | (KEY_HAS_COUNTRY if clash else 0)


def _clashing_slugs(entries: Sequence[Entry]) -> frozenset[str]:
    seen: set[str] = set()
    clashes: set[str] = set()
    for entry in entries:
        if entry.geonameid == 0:
            (clashes if slug(entry.name) in seen else seen).add(slug(entry.name))
    return frozenset(clashes)


def _write_labels(entries: Sequence[Entry], folder: Path) -> None:
    encoded = [entry.name.encode("utf-8") for entry in entries]
    starts = np.zeros(len(encoded) + 1, dtype="<u4")
    starts[1:] = np.cumsum([len(name) for name in encoded])
    _save(folder / "label_starts.npy", starts)
    _replace(folder / "labels.bin", b"".join(encoded))


def _save(path: Path, array: NDArray[Any]) -> None:
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, np.ascontiguousarray(array), version=(1, 0))
    _replace(path, buffer.getvalue())


def _replace(path: Path, content: bytes) -> None:
    """Write a file beside and move it in place: whoever has the old one open memory-mapped keeps it whole."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(content)
    fresh.replace(path)
