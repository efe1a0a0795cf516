"""Lines of the map from where claims were said to what they speak of. Imports no streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from dashboard import wording
from dashboard.framing import position
from dashboard.language import number, plural, t
from dashboard.map import clipped
from dashboard.report_text import FindPlace
from store.claims import ClaimStore
from store.filters import Filters
from store.sayings import Saying, Sayings

MOST: Final = 60
"""Lines that are drawn: more of them cover the map."""
NONE: Final = Sayings((), 0)


def of_store(store: ClaimStore, filters: Filters) -> Sayings:
    """The lines for the claims that pass."""
    return store.sayings(filters, limit=MOST)


def rows(sayings: Sequence[Saying]) -> list[dict[str, Any]]:
    """What the map's script is handed: two points and their names, how many claims, whether it is the dateline alone,
    and words: who said it, where, and of what."""
    return [
        {
            "from": position(saying.said_at),
            "to": position(saying.about),
            "ends": [clipped(saying.said_at.name, 40), clipped(saying.about.name, 40)],
            "about": saying.about.key,
            "key": f"{saying.said_at.key} {saying.about.key} {saying.basis}",
            "n": saying.n,
            "dateline": int(saying.basis == "dateline"),
            "words": _words(saying),
        }
        for saying in sayings
    ]


def _words(saying: Saying) -> str:
    at, about = clipped(saying.said_at.name), clipped(saying.about.name)
    claims, who = plural(saying.n, "claim", "claims"), _who(saying)
    if saying.basis == "dateline":
        return t(
            "{who}: {claims} of {about}, in reports from {place} (dateline)",
            who=who,
            claims=claims,
            about=about,
            place=at,
        )
    return t("{who}: {claims} of {about}, said in {place}", who=who, claims=claims, about=about, place=at)


def _who(saying: Saying) -> str:
    """Whoever says most of it, and how many others there are."""
    who = clipped(wording.claimant(saying.who), 60)
    if saying.voices <= 1:
        return who
    return t("{who} and {others}", who=who, others=plural(saying.voices - 1, "other voice", "other voices"))


def told(sayings: Sayings) -> str:
    """How many lines there are, and that some are left out."""
    drawn = len(sayings.first)
    if not drawn:
        return t("Of no claim that passes the filters is it known that it was said elsewhere than it speaks of.")
    if drawn < sayings.total:
        return t("The {n} lines with most claims are drawn, of {all}.", n=number(drawn), all=number(sayings.total))
    return plural(drawn, "line from where it was said", "lines from where it was said")


def place_of(key: str | None, basis: str | None, find_place: FindPlace) -> str:
    """Where a claim was said, in words; empty when it is not known."""
    place = find_place(key) if key else None
    if place is None:
        return t("a place that could not be located") if basis == "words" else ""
    return t("{place} (by the dateline)", place=place.name) if basis == "dateline" else place.name
