"""Sides as the page shows them: a colour, and a short code that carries the same meaning without colour."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from dashboard.language import later, t

ACTORS: Final = Path(__file__).resolve().parent.parent / "assets" / "actors"

COLOURS: Final = ("#2f7fc1", "#d1495b", "#0f8f7a", "#c07a00", "#8e6bbf", "#5f8a1f", "#b5508f")
"""Colours of the most frequent sides; each has a contrast of 3:1 or more on the light and on the dark map."""

GREY: Final = "#7b8794"
"""Colour of claims without a side, and of all sides beyond the first seven."""

NO_SIDE: Final = later("no side")
_NO_CODE: Final = "–"
_LONGEST_CODE: Final = 6


@dataclass(frozen=True, slots=True)
class Side:
    """How one side is shown. ``name`` None stands for claims without a side."""

    name: str | None
    code: str
    colour: str

    @property
    def label(self) -> str:
        """Name in words."""
        return self.name or t(NO_SIDE)


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by side, most frequent first over the whole store, so that a filter never changes a side's colour."""

    order: tuple[str, ...] = ()

    @classmethod
    def of(cls, sides: Iterable[str]) -> Palette:
        """The palette for sides in order of frequency."""
        return cls(tuple(dict.fromkeys(sides))[: len(COLOURS)])

    def side(self, name: str | None) -> Side:
        """The side of that name. Sides joined by ``"; "`` take the colour of the first."""
        return _side(self.order, name) if name else Side(None, _NO_CODE, GREY)


@lru_cache(maxsize=4096)
def _side(order: tuple[str, ...], name: str) -> Side:
    # A map of many places asks for the same sides thousands of times.
    parts = parts_of(name)
    first = parts[0] if parts else name
    colour = COLOURS[order.index(first)] if first in order else GREY
    return Side(name, "·".join(code(part) for part in parts[:2]), colour)


def parts_of(joined: str | None) -> list[str]:
    """The single names of a field in which several are joined by ``"; "``."""
    return [part.strip() for part in (joined or "").split(";") if part.strip()]


def code(name: str) -> str:
    """A short code of a side: ISO 3166 for states, the usual abbreviation of an organisation, else initials."""
    known: str | None = _codes().get(name.casefold())
    if known:
        return known
    words: list[str] = re.findall(r"\w+", name)
    if len(words) == 1:
        return words[0] if words[0].isupper() and len(words[0]) <= _LONGEST_CODE else words[0][:3].title()
    return "".join(word[0] for word in words if word[0].isupper() or word[0].isdigit())[:_LONGEST_CODE] or name[:3]


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, str]:
    found = {row["name"].casefold(): row["iso2"] for row in _rows(ACTORS / "states.tsv")}
    for table in ("organisations.tsv", "groups.tsv"):
        for row in _rows(ACTORS / table):
            if short := _abbreviation([row["name"], *row.get("aliases", "").split("|")]):
                found.setdefault(row["name"].casefold(), short)
    return found


def _abbreviation(names: Sequence[str]) -> str | None:
    fits = [name for name in names if re.fullmatch(r"[A-Z][A-Z0-9]{1,5}", name)]
    return fits[0] if fits else None


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of an actor table; none when the table is not there, for then initials serve."""
    if path.is_file():
        lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
        for row in csv.DictReader(lines, delimiter="\t"):
            yield {key: value or "" for key, value in row.items() if key}
