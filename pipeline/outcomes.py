"""What became of a report."""

from __future__ import annotations

from dataclasses import dataclass

from extract.model import Report


@dataclass(frozen=True, slots=True)
class Rejected:
    """A report that was set aside: which one, and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A report that is in the store now; ``new`` is False when it was there before. ``claims`` found in it."""

    report: Report
    new: bool
    claims: int = 0
