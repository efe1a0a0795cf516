"""What the pages show of the store: the whole of it at a glance, and everything that passes one set of filters."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.lines import ClaimLine, from_found
from dashboard.sides import Palette
from dashboard.timeline import Timeline
from store.facets import FacetValue
from store.marks import Mark
from store.rivals import RivalGroup
from store.views import StoreView


@dataclass(frozen=True, slots=True)
class Overview:
    """What does not depend on filters: the whole store at a glance."""

    total: int
    palette: Palette
    most: int
    reports: pd.DataFrame
    timeline: Timeline | None
    """Bars from the first to the last day that has claims; None when all are of one day, or undated."""


@dataclass(frozen=True, slots=True)
class View:
    """Everything the map page shows for one set of filters."""

    n: int
    n_numbers: int
    n_unplaced: int
    facets: dict[str, list[FacetValue]]
    marks: list[Mark]
    n_rivals: int
    rivals: list[RivalGroup]
    """The largest groups, with the newest claims of each."""
    numbers: list[ClaimLine]
    statements: list[ClaimLine]
    unplaced: list[ClaimLine]
    table: list[ClaimLine]

    @classmethod
    def of(cls, found: StoreView) -> View:
        """The view with its claims as lines."""
        lists = (found.numbers, found.statements, found.unplaced, found.table)
        numbers, statements, unplaced, table = ([from_found(item) for item in items] for items in lists)
        return cls(
            n=found.n,
            n_numbers=found.n_numbers,
            n_unplaced=found.n_unplaced,
            facets=found.facets,
            marks=found.marks,
            n_rivals=found.n_rivals,
            rivals=found.rivals,
            numbers=numbers,
            statements=statements,
            unplaced=unplaced,
            table=table,
        )

    @property
    def n_statements(self) -> int:
        """Claims that are no numbers."""
        return self.n - self.n_numbers
