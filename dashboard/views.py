"""What the pages show of the store: the whole of it at a glance, and everything that passes one set of filters."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.lines import ClaimLine
from dashboard.sides import Palette
from dashboard.timeline import Timeline
from store.rows import FoundClaim
from store.views import StoreView

View = StoreView[ClaimLine]
"""Everything the map page shows for one set of filters."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What does not depend on filters: the whole store at a glance."""

    total: int
    palette: Palette
    most: int
    reports: pd.DataFrame
    timeline: Timeline | None
    """Bars from the first to the last day that has claims; None when all are of one day, or undated."""

    @classmethod
    def of(cls, whole: StoreView[FoundClaim], reports: pd.DataFrame) -> Overview:
        """From the view of everything, of which no claim need be listed, and the table of reports."""
        return cls(
            total=whole.n,
            palette=Palette.of(facet.value for facet in whole.facets["sides"]),
            most=max((mark.n for mark in whole.marks), default=1),
            reports=reports,
            timeline=Timeline.of(whole.facets["published"]),
        )
