"""Who disagrees with whom, by how much and over which days, in words. Pure: rival groups in, plain text out."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from dashboard import wording
from dashboard.language import number, t
from dashboard.lines import from_row
from dashboard.rivals_view import as_written
from store.contests import Disagreement
from store.rivals import RivalGroup

SHOWN: Final = 3
"""Disagreements that a group tells; the table has all."""


def of(group: RivalGroup, shown: Collection[int]) -> list[Disagreement]:
    """Disagreements between the shown claims of a group, the widest first."""
    among = [item for item in group.disagreements if item.first in shown and item.second in shown]
    return sorted(among, key=lambda item: (-item.difference, item.first, item.second))


def words(group: RivalGroup, item: Disagreement) -> str:
    """``"A (110,000) and B (more than 150,000): 40,000 apart, 1.4 times, from 19 Apr 2021 on."``"""
    one, other = (_said(group, index) for index in (item.first, item.second))
    apart = t("{one} and {other}: at least {n} apart", one=one, other=other, n=item.difference)
    times = f", {t('{ratio} times', ratio=_ratio(item.ratio))}" if item.ratio and round(item.ratio, 1) > 1 else ""
    return f"{apart}{times}{_days(item)}."


def nothing_contested(group: RivalGroup, shown: Collection[int]) -> bool:
    """True when numbers of several claimants are there and all of them can be right."""
    return any(pair.earlier in shown and pair.later in shown for pair in group.compatible) and not of(group, shown)


def _said(group: RivalGroup, index: int) -> str:
    claim = group.claims[index]
    who = wording.claimant(claim.claimant)[:60]
    return f"{who} ({as_written(from_row(claim, None))[:40]})"


def _ratio(ratio: float) -> str:
    return number(round(ratio) if ratio >= 10 else round(ratio, 1))


def _days(item: Disagreement) -> str:
    if item.since and item.until and item.since != item.until:
        since, until = wording.short_day(item.since), wording.short_day(item.until)
        return ", " + t("from {since} to {until}", since=since, until=until)
    if item.since and item.until:
        return ", " + t("on {day}", day=wording.short_day(item.since))
    return ", " + t("from {since} on", since=wording.short_day(item.since)) if item.since else ""
