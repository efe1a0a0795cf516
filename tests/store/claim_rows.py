"""Small rows to fill a store with."""

from __future__ import annotations

import hashlib
from datetime import date

from store.records import ClaimPlaceRow, ClaimRow, PlaceRow, ReportRow

CRIMEA = PlaceRow(
    "tbl:crimea", "Crimea", 45.3, 34.4, "region", 160.0, "UA",
    geometry={"type": "Polygon", "coordinates": [[[32.5, 44.4], [36.6, 44.4], [36.6, 46.2], [32.5, 44.4]]]},
)  # fmt: skip
BORDER = PlaceRow(
    "derived:border:UA", "borders of Ukraine", 49.0, 37.0, "border", 600.0, "UA",
    derived_from="the boundary of Ukraine, 50 km to either side", where_prec=5,
)  # fmt: skip
BRUSSELS = PlaceRow("gn:2800866", "Brussels", 50.85, 4.35, "city", 10.0, "BE", geonameid=2800866)


def a_report(name: str = "one", *, published: date | None = date(2021, 4, 14), **more: object) -> ReportRow:
    text = f"Report {name}. Kyiv counted 110,000 troops in Crimea. It warned."
    identity = hashlib.sha256(text.encode()).hexdigest()
    return ReportRow(identity, text, title=f"Title {name}", outlet="Desk", published=published, **more)  # type: ignore[arg-type]


def a_count(report: ReportRow, name: str, *places: PlaceRow, low: int | None = 110_000, **more: object) -> ClaimRow:
    given: dict[str, object] = {
        "claimant": "Ukraine", "claimant_text": "Kyiv", "side": "Ukraine", "number": "110,000", "high": None,
        "unit": "troops", "count_kind": "personnel", "whose": "Russia", "whose_text": "Russian",
        "spans": {"number": ((20, 27),), "content": ((20, 34),)},
    }  # fmt: skip
    given |= more
    return ClaimRow(
        id=f"{name}-{report.id[:6]}", report_id=report.id, kind="count", start=20, end=34, exact="110,000 troops",
        sentence=(12, 45), low=low, places=_mentions(places), **given,
    )  # type: ignore[arg-type]  # fmt: skip


def a_statement(report: ReportRow, name: str, *places: PlaceRow, **more: object) -> ClaimRow:
    given: dict[str, object] = {
        "claimant": "Sergei Shoigu", "claimant_text": "Shoigu", "side": "Russia", "form": "indirect", "mode": "warn",
        "cue": "warned",
    }  # fmt: skip
    given |= more
    return ClaimRow(
        id=f"{name}-{report.id[:6]}", report_id=report.id, kind="statement", start=46, end=55, exact="It warned",
        sentence=(46, 56), places=_mentions(places), spans={"content": ((46, 55),)}, **given,
    )  # type: ignore[arg-type]  # fmt: skip


def _mentions(places: tuple[PlaceRow, ...]) -> tuple[ClaimPlaceRow, ...]:
    return tuple(ClaimPlaceRow(place.name, 38, 44, place.key, "event", 0.9) for place in places)
