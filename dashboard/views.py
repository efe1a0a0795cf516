"""What the pages show of the store: the whole of it at a glance, and everything that passes one set of filters."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.lines import ClaimLine
from dashboard.sides import Palette
from dashboard.timeline import Timeline
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
