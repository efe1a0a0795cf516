"""What reports call "eastern Ukraine" where no rule knows it: the rows of ``assets/regions/directions.tsv``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.directions import ADJECTIVE
from geo.records import SourceError
from geo.tables import rows, several

MODES: Final = ("add", "set")


@dataclass(frozen=True, slots=True)
class Override:
    """A row: ``area`` is an outline's key, ``mode`` add (to the part by rule) or set (instead of it)."""

    area: str
    direction: str
    mode: str
    parts: tuple[str, ...]
    why: str

    @property
    def country(self) -> str | None:
        """The country (ISO 3166-1) that the area is or lies in; None for named areas."""
        return self.area[:2] if self.area[:2].isupper() and self.area[2:3] in ("", ".") else None


def read_overrides(path: Path) -> Mapping[tuple[str, str], Override]:
    """The table by (area, direction); SourceError names the row that cannot be used."""
    found: dict[tuple[str, str], Override] = {}
    for line, row in rows(path, ("area", "direction", "mode", "parts", "why")):
        if row["mode"] not in MODES or row["direction"] not in ADJECTIVE or not row["parts"] or not row["why"]:
            raise SourceError(
                "{path}:{line}: needs a direction, mode add or set, parts and why", path=path, line=str(line)
            )
        key = (row["area"], row["direction"])
        if key in found:
            raise SourceError(
                "{path}:{line}: {area} has two rows for {direction}",
                path=path,
                line=str(line),
                area=row["area"],
                direction=row["direction"],
            )
        found[key] = Override(row["area"], row["direction"], row["mode"], several(row["parts"]), row["why"])
    return found
