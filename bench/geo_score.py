"""Figures of the resolver against gold toponyms: within 161 km, by confidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bench.geo_gold import GoldReport
from geo.distance import km_between
from geo.resolve import Resolver

KM: Final = 161.0
"""A hundred miles: the usual limit of the field."""
SURE: Final = 0.9


@dataclass(frozen=True, slots=True)
class Outcome:
    """One gold toponym: kilometres to the place found (None when none was) and its confidence."""

    km: float | None
    confidence: float

    @property
    def right(self) -> bool:
        """True within 161 km."""
        return self.km is not None and self.km <= KM


def outcomes(resolver: Resolver, reports: Iterable[GoldReport], left_out: Collection[str] = ()) -> list[Outcome]:
    """Outcomes of the scored toponyms; ``left_out`` are words (demonyms) that count neither way."""
    found: list[Outcome] = []
    for report in reports:
        resolutions = resolver.resolve([t.query for t in report.toponyms])
        for toponym, resolution in zip(report.toponyms, resolutions, strict=True):
            if (toponym.query.phrase in left_out) if left_out else not toponym.scored:
                continue
            place = resolution.place
            km = km_between(toponym.lat, toponym.lon, place.lat, place.lon) if place else None
            found.append(Outcome(km, place.confidence if place else 0.0))
    return found


def figures(found: Sequence[Outcome]) -> dict[str, float]:
    """acc161 of all gold, the share with confidence >= .9 and how many of those are right."""
    placed = [o for o in found if o.km is not None]
    sure = [o for o in placed if o.confidence >= SURE]
    return {
        "toponyms": len(found), "acc161": _share(sum(o.right for o in found), len(found)),
        "placed": _share(len(placed), len(found)), "sure": _share(len(sure), len(found)),
        "sure_right": _share(sum(o.right for o in sure), len(sure)),
    }  # fmt: skip


def curve(found: Sequence[Outcome], *, bins: int = 10) -> list[tuple[float, float, int]]:
    """(mean confidence, share right, how many) of the placed toponyms in equal bins of confidence."""
    rows: list[tuple[float, float, int]] = []
    for index in range(bins):
        inside = [o for o in found if o.km is not None and min(int(o.confidence * bins), bins - 1) == index]
        if inside:
            mean = sum(o.confidence for o in inside) / len(inside)
            rows.append((round(mean, 3), _share(sum(o.right for o in inside), len(inside)), len(inside)))
    return rows


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
