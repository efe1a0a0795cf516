"""Invented rows for the dashboard's tests: rival numbers, statements, derived areas, and a claim without a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from store.claims import ClaimStore
from store.records import ClaimPlaceRow, ClaimRow, PlaceRow, ReportRow


def box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """A rectangle as a GeoJSON geometry."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


PENINSULA = PlaceRow("gn:1", "Sorvia Peninsula", 45.3, 34.4, "region", 130, "Sorvia", 1, box(32.5, 44.4, 36.6, 46.1), "gazetteer")
BORDER = PlaceRow(
    "derived:border:SV:east", "its eastern border", 49.5, 38.6, "border", 200, "Sorvia", None, box(37, 47, 40.2, 52),
    "derived", "", "“its eastern border”: Sorvia's boundary, cut by its eastern third", 5,
)  # fmt: skip
COUNTRY = PlaceRow("gn:2", "Sorvia", 49, 32, "country", 600, "Sorvia", 2, box(22.5, 46, 40, 52), "gazetteer", where_prec=6)
CITY = PlaceRow("gn:3", "Harven", 49.98, 36.25, "city", 15, "Sorvia", 3)
CAPITAL = PlaceRow("gn:4", "Brannburg", 50.85, 4.35, "city", 15, "Belgavia", 4)


def claim(report: str, text: str, words: str, *, number: str | None = None, places: Sequence[PlaceRow] = (), **fields: Any) -> ClaimRow:
    """A claim whose words stand in ``text``; a count when ``number`` is given."""
    start = text.index(words)
    sentence_end = text.find(".", start + len(words))
    return ClaimRow(
        id=f"{report}-{start}", report_id=report, kind="count" if number else "statement", start=start,
        end=start + len(words), exact=words, sentence=(text.rfind(".", 0, start) + 1, sentence_end + 1),
        claimant_text=fields.get("claimant"), number=number,
        places=tuple(ClaimPlaceRow(place.name, start, start + 4, place.key) for place in places),
        **fields,
    )  # fmt: skip


def report(identity: str, text: str, when: date | None, title: str | None, claims: Sequence[Mapping[str, Any]]) -> tuple[ReportRow, list[ClaimRow], list[PlaceRow]]:
    """A report with claims, as the store takes them in."""
    rows = [claim(identity, text, **given) for given in claims]
    places = {place.key: place for given in claims for place in given.get("places", ())}
    return ReportRow(identity, text, title, "Test Wire", None, when), rows, list(places.values())


TROOPS = {"count_kind": "personnel", "unit": "troops", "whose": "Norland"}
REPORTS = (
    report("r1", "The president's office said more than 40,000 troops stand at the eastern border. It warned that the build-up goes on.", date(2021, 4, 12), "Office counts troops", [
        {"words": "more than 40,000 troops", "number": "more than 40,000", "low": 40000, "high": None, "low_open": True, "claimant": "President's office", "side": "Sorvia", "places": [BORDER], **TROOPS},
        {"words": "the build-up goes on", "claimant": "President's office", "side": "Sorvia", "mode": "warn", "form": "indirect"},
    ]),
    report("r2", "The minister put it at 110,000 troops near the border and 80,000 troops on the peninsula. Harven has seen about 3,000 people march.", date(2021, 4, 14), "Minister gives figures", [
        {"words": "110,000 troops", "number": "110,000", "low": 110000, "high": 110000, "claimant": "Ana Tarov", "side": "Sorvia", "places": [BORDER], **TROOPS},
        {"words": "80,000 troops", "number": "80,000", "low": 80000, "high": 80000, "claimant": "Ana Tarov", "side": "Sorvia", "places": [PENINSULA], **TROOPS},
        {"words": "about 3,000 people", "number": "about 3,000", "low": 3000, "high": 3000, "approx": True, "claimant": "reporter", "side": None, "count_kind": "other", "unit": "people", "places": [CITY]},
    ]),
    report("r3", "Norland's minister said 10,000 troops took part on the peninsula. In Brannburg the alliance called the build-up unjustified. The union urged Sorvia to keep calm.", date(2021, 4, 20), "Exercise ends", [
        {"words": "10,000 troops", "number": "10,000", "low": 10000, "high": 10000, "claimant": "Oleg Shorin", "side": "Norland", "places": [PENINSULA], **TROOPS},
        {"words": "the build-up unjustified", "claimant": "Jan Stolt", "side": "Northern Alliance", "mode": "accuse", "form": "indirect", "places": [CAPITAL]},
        {"words": "Sorvia to keep calm", "claimant": "The union", "side": "The Union", "mode": "demand", "form": "indirect", "addressee": "Sorvia", "places": [COUNTRY]},
    ]),
)  # fmt: skip
N_CLAIMS = 8

HOSTILE = (
    "<script>window.parent.HACKED=1;window.HACKED=1</script><img src=x onerror=window.HACKED=2>"
    "<img src='http://evil.example/a.png'>`${window.HACKED=3}`</script>\\x3cscript\\x3ewindow.HACKED=4\\x3c/script\\x3e"
    "'\"{{ 7*7 }}{% raw %}![x](http://evil.example/b.png)[click](javascript:window.HACKED=5) **bold** :material/bolt: $x^2$"
)


def hostile_report() -> tuple[ReportRow, list[ClaimRow], list[PlaceRow]]:
    """A report whose title, outlet, names, places and text are all of them hostile."""
    text = f"{HOSTILE} claims 500 fighters near the town. {HOSTILE} demands peace now."
    places = [
        PlaceRow("tbl:evil-point`${HACKED=6}", HOSTILE, 47.0, 30.0, "city", 10),
        PlaceRow("derived:evil</script>", HOSTILE, 46.0, 28.0, "region", 90, None, None, box(27, 45, 29, 47), "derived", HOSTILE, HOSTILE, 4),
    ]  # fmt: skip
    rows = [
        claim("evil", text, "500 fighters", number=f"500{HOSTILE}", places=places, claimant=HOSTILE, side=HOSTILE, low=500,
              high=500, count_kind="personnel", unit=HOSTILE, whose=HOSTILE, modifier=HOSTILE),
        claim("evil", text, "peace now", claimant=HOSTILE, side=HOSTILE, mode="demand", form="indirect", addressee=HOSTILE, cue=HOSTILE),
        claim("evil", text, HOSTILE, number="9", places=places[:1], claimant="Rival " + HOSTILE, side="B " + HOSTILE, low=9, high=9,
              count_kind="personnel", unit="fighters", whose=HOSTILE),
    ]  # fmt: skip
    return ReportRow("evil", text, HOSTILE, HOSTILE, "javascript:alert(1)", date(2021, 4, 15)), rows, places


def fill(path: Path, *, hostile: bool = False) -> Path:
    """Make a store at ``path`` with the invented reports."""
    with ClaimStore.open(path) as store:
        for given in REPORTS:
            store.add(*given)
        if hostile:
            store.add(*hostile_report())
    return path
