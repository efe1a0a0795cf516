"""The figures reached, kept in floors.json beside the checksum of the corpus they were measured on.

A figure below its floor fails the gate. Floors rise with ``--raise``; lowering one needs ``--lower REASON``, and the
reason belongs into CHANGELOG.md. A figure measured on another corpus is reported and compared with nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from errors import DataError

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.0005
"""Figures are printed with four digits; a difference in the last one is rounding."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure against its floor. ``floor`` is None when the figure has none, or the corpus is another one."""

    name: str
    figure: float
    floor: float | None
    ceiling: bool = False

    @property
    def passed(self) -> bool:
        """True when the figure holds: at least the floor, or for a cost at most the ceiling."""
        if self.floor is None:
            return True
        return self.figure <= self.floor if self.ceiling else self.figure >= self.floor - SLACK


@dataclass(frozen=True, slots=True)
class Floors:
    """What floors.json holds: corpus checksums, floors of quality, ceilings of cost."""

    corpora: Mapping[str, str]
    floors: Mapping[str, float]
    ceilings: Mapping[str, float]

    @classmethod
    def load(cls, path: Path = FLOORS) -> Floors:
        """Read the floors file.

        :raises DataError: when it is missing or is not the expected JSON.
        """
        try:
            raw = json.loads(path.read_text("utf-8"))
            return cls(raw["corpora"], raw["floors"], raw["ceilings"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DataError(
                f"{path}: the floors cannot be read ({error}). Restore the file from the repository."
            ) from error

    def save(self, path: Path = FLOORS) -> None:
        """Write the floors file, keys sorted, so that a change shows as few lines."""
        raw = {"corpora": self.corpora, "floors": self.floors, "ceilings": self.ceilings}
        path.write_text(json.dumps(raw, indent=1, sort_keys=True) + "\n", "utf-8")

    def judge(self, figures: Mapping[str, float], checksums: Mapping[str, str]) -> list[Verdict]:
        """Compare every figure; the part of its name before the first dot is the corpus it was measured on."""
        return [self._verdict(name, figure, checksums) for name, figure in figures.items()]

    def _verdict(self, name: str, figure: float, checksums: Mapping[str, str]) -> Verdict:
        if name in self.ceilings:
            return Verdict(name, figure, self.ceilings[name], ceiling=True)
        corpus = name.split(".", 1)[0]
        same = checksums.get(corpus) == self.corpora.get(corpus)
        return Verdict(name, figure, self.floors.get(name) if same else None)

    def raised(self, figures: Mapping[str, float], checksums: Mapping[str, str], *, lower: bool = False) -> Floors:
        """The floors with every better figure taken in; worse ones only with ``lower`` or on another corpus."""
        floors = dict(self.floors)
        for name, figure in figures.items():
            corpus = name.split(".", 1)[0]
            if name in self.ceilings or corpus not in checksums:
                continue
            other = checksums[corpus] != self.corpora.get(corpus)
            if lower or other or figure > floors.get(name, -1.0):
                floors[name] = figure
        return Floors({**self.corpora, **checksums}, floors, self.ceilings)
