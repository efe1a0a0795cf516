"""Invented rows for the dashboard's tests: rival numbers, statements, derived areas, and a claim without a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from store.claims import ClaimStore
from store.records import ClaimPlaceRow, ClaimRow, MentionRow, PlaceRow, ReportRow
from tests import copied


def box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """A rectangle as a GeoJSON geometry."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


PENINSULA = PlaceRow(
    "gn:1", "Sorvia Peninsula", 45.3, 34.4, "region", 130, "Sorvia", 1, box(32.5, 44.4, 36.6, 46.1), "gazetteer"
)
BORDER = PlaceRow(
    "derived:border:SV:east", "its eastern border", 49.5, 38.6, "border", 200, "Sorvia", None, box(37, 47, 40.2, 52),
    "derived", "", "“its eastern border”: Sorvia's boundary, cut by its eastern third", 5,
)  # fmt: skip
COUNTRY = PlaceRow(
    "gn:2", "Sorvia", 49, 32, "country", 600, "Sorvia", 2, box(22.5, 46, 40, 52), "gazetteer", where_prec=6
)
CITY = PlaceRow("gn:3", "Harven", 49.98, 36.25, "city", 15, "Sorvia", 3)
CAPITAL = PlaceRow("gn:4", "Brannburg", 50.85, 4.35, "city", 15, "Belgavia", 4)

Given = tuple[ReportRow, list[ClaimRow], list[PlaceRow]]


def claim(
    report: str,
    text: str,
    words: str,
    *,
    places: Sequence[PlaceRow] = (),
    said: PlaceRow | None = None,
    **fields: Any,
) -> ClaimRow:
    """A claim whose words stand in ``text``; a count when ``number`` is among the fields.

    ``said`` is the place where it was said, ``said_basis`` how that is known.
    """
    start = text.index(words)
    sentence = (text.rfind(".", 0, start) + 1, text.find(".", start + len(words)) + 1)
    return ClaimRow(
        id=f"{report}-{start}", report_id=report, kind="count" if "number" in fields else "statement", start=start,
        end=start + len(words), exact=words, sentence=sentence, claimant_text=fields.get("claimant"),
        places=tuple(ClaimPlaceRow(place.name, start, start + 4, place.key) for place in places),
        said_at=said.key if said else None, **fields,
    )  # fmt: skip


def troops(  # noqa: PLR0917 - a row of a table, in its order
    words: str, number: str, low: int, who: str, side: str, place: PlaceRow, **fields: Any
) -> dict[str, Any]:
    """A number of Norland's troops at a place."""
    return {
        "words": words, "number": number, "low": low, "high": low, "claimant": who, "side": side, "places": [place],
        "count_kind": "personnel", "unit": "troops", "whose": "Norland", **fields,
    }  # fmt: skip


def says(words: str, mode: str, who: str, side: str, **fields: Any) -> dict[str, Any]:
    """A statement."""
    return {"words": words, "mode": mode, "form": "indirect", "claimant": who, "side": side, **fields}


def report(
    identity: str,
    when: date | None,
    title: str,
    text: str,
    *claims: Mapping[str, Any],
    named: Mapping[str, PlaceRow | None] | None = None,
) -> Given:
    """A report with claims, as the store takes them in; ``named`` are words of it that no claim speaks of."""
    rows = [claim(identity, text, **given) for given in claims]
    spoken = [place for given in claims for place in (*given.get("places", ()), given.get("said"))]
    places = {place.key: place for place in (*spoken, *(named or {}).values()) if place}
    mentions = tuple(
        MentionRow(text.index(words), text.index(words) + len(words), place.key if place else None, confidence=0.9)
        for words, place in (named or {}).items()
    )
    return ReportRow(identity, text, title, "Test Wire", None, when, mentions=mentions), rows, list(places.values())


OPEN = {"high": None, "low_open": True}
OFFICE, MINISTER = "President's office", "Ana Tarov"
REPORTS = (
    report(
        "r1",
        date(2021, 4, 12),
        "Office counts troops",
        "The president's office said more than 40,000 troops stand at the eastern border. It warned that the build-up "
        "goes on. Harven and Nowhere are quiet.",
        troops("more than 40,000 troops", "more than 40,000", 40000, OFFICE, "Sorvia", BORDER, **OPEN),
        says("the build-up goes on", "warn", OFFICE, "Sorvia"),
        named={"Harven": CITY, "Nowhere": None},
    ),
    report(
        "r2",
        date(2021, 4, 14),
        "Minister gives figures",
        "The minister put it at 110,000 troops near the border and 80,000 troops on the peninsula. Harven has seen "
        "about 3,000 people march.",
        troops("110,000 troops", "110,000", 110000, MINISTER, "Sorvia", BORDER),
        troops(
            "80,000 troops", "80,000", 80000, MINISTER, "Sorvia", PENINSULA, said=CAPITAL, said_basis="dateline"
        ),
        {
            "words": "about 3,000 people", "number": "about 3,000", "low": 3000, "high": 3000, "approx": True,
            "claimant": "reporter", "side": None, "count_kind": "other", "unit": "people", "places": [CITY],
        },
    ),
    report(
        "r3",
        date(2021, 4, 20),
        "Exercise ends",
        "Norland's minister said 10,000 troops took part on the peninsula. In Brannburg the alliance called the "
        "build-up unjustified. The union urged Sorvia to keep calm.",
        troops("10,000 troops", "10,000", 10000, "Oleg Shorin", "Norland", PENINSULA),
        says("the build-up unjustified", "accuse", "Jan Stolt", "Northern Alliance", places=[CAPITAL]),
        says(
            "Sorvia to keep calm", "demand", "The union", "The Union", places=[COUNTRY], addressee="Sorvia",
            said=CAPITAL, said_basis="words",
        ),
    ),
)  # fmt: skip
N_CLAIMS = 8

HOSTILE = (
    "<script>window.parent.HACKED=1;window.HACKED=1</script><img src=x onerror=window.HACKED=2>"
    "<img src='http://evil.example/a.png'>`${window.HACKED=3}`</script>\\x3cscript\\x3ewindow.HACKED=4\\x3c/script\\x3e"
    "'\"{{ 7*7 }}{% raw %}![x](http://evil.example/b.png)[click](javascript:window.HACKED=5)"
    " **bold** :material/bolt: $x^2$"
)


def hostile_report() -> Given:
    """A report whose title, outlet, names, places and text are all of them hostile."""
    text = f"{HOSTILE} claims 500 fighters near the town. {HOSTILE} demands peace now."
    area = box(27, 45, 29, 47)
    point = PlaceRow("tbl:evil-point`${HACKED=6}", HOSTILE, 47.0, 30.0, "city", 10)
    region = PlaceRow(
        "derived:evil</script>", HOSTILE, 46.0, 28.0, "region", 90, None, None, area, "derived", HOSTILE, HOSTILE, 4
    )
    count: dict[str, Any] = {"count_kind": "personnel", "whose": HOSTILE, "modifier": HOSTILE, "unit": HOSTILE}
    rows = [
        claim("evil", text, "500 fighters", number=f"500{HOSTILE}", low=500, high=500, claimant=HOSTILE, side=HOSTILE,
              places=[point, region], **count),
        claim("evil", text, HOSTILE, number="9", low=9, high=9, claimant=f"Rival {HOSTILE}", side=f"B {HOSTILE}",
              places=[point], **count),
        claim("evil", text, "peace now", mode="demand", form="indirect", claimant=HOSTILE, side=HOSTILE,
              addressee=HOSTILE, cue=HOSTILE),
    ]  # fmt: skip
    return ReportRow("evil", text, HOSTILE, HOSTILE, "javascript:alert(1)", date(2021, 4, 15)), rows, [point, region]


def fill(path: Path, *, hostile: bool = False) -> Path:
    """Make a store at ``path`` with the invented reports."""
    return copied.filled(path, _with_hostile_reports if hostile else _with_reports)


def _with_reports(store: ClaimStore) -> None:
    for given in REPORTS:
        store.add(*given)


def _with_hostile_reports(store: ClaimStore) -> None:
    _with_reports(store)
    store.add(*hostile_report())


def many(n: int) -> tuple[ReportRow, list[ClaimRow], list[PlaceRow]]:
    """A report with five hundred claims."""
    text = " ".join(f"{n} said that {number} trucks came." for number in range(500))
    given = {"count_kind": "equipment", "claimant": None, "side": None, "unit": "trucks", "places": [CITY]}
    rows = [
        claim(f"m{n}", text, f"{number} trucks", number=str(number), low=number, high=number, **given)
        for number in range(500)
    ]
    return ReportRow(f"m{n}", text, f"Trucks {n}", "Test Wire", None, date(2021, 4, 22)), rows, [CITY]
