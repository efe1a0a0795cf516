"""Lines of the map from where claims were said to what they speak of. Imports no streamlit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice
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
LISTED: Final = 500
"""Lines that are listed under the map: as many as claims are."""
NONE: Final = Sayings((), 0)


def of_store(store: ClaimStore, filters: Filters) -> Sayings:
    """The lines for the claims that pass."""
    return store.sayings(filters, limit=LISTED)


def drawn(sayings: Sequence[Saying], places: Collection[str]) -> list[Saying]:
    """The lines to draw of those given with most claims first: the first ones, and those of the chosen ``places``."""
    others = (each for each in sayings[MOST:] if each.said_at.key in places or each.about.key in places)
    return [*sayings[:MOST], *islice(others, MOST)]


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
    claims, who = plural(saying.n, "claim", "claims"), voices(saying)
    if saying.basis == "dateline":
        return t(
            "{who}: {claims} of {about}, in reports from {place} (dateline)",
            who=who,
            claims=claims,
            about=about,
            place=at,
        )
    return t("{who}: {claims} of {about}, said in {place}", who=who, claims=claims, about=about, place=at)


def voices(saying: Saying) -> str:
    """Whoever says most of it, and how many others there are."""
    who = clipped(wording.claimant(saying.who), 60)
    if saying.voices <= 1:
        return who
    return t("{who} and {others}", who=who, others=plural(saying.voices - 1, "other voice", "other voices"))


def told(sayings: Sayings) -> str:
    """Whether all lines are drawn, and what to do about those that are not."""
    n = min(len(sayings.first), MOST)
    if not n:
        return t("Of no claim that passes the filters is it known that it was said elsewhere than it speaks of.")
    if n < sayings.total:
        words = t("The {n} lines with most claims are drawn, of {all}.", n=number(n), all=number(sayings.total))
        return f"{words} {t('Choose another one here, and it is drawn, too.')}"
    return t("All of them are drawn. Choose one to look at both of its ends.")


def place_of(key: str | None, basis: str | None, find_place: FindPlace) -> str:
    """Where a claim was said, in words; empty when it is not known."""
    place = find_place(key) if key else None
    if place is None:
        return t("a place that could not be located") if basis == "words" else ""
    return t("{place} (by the dateline)", place=place.name) if basis == "dateline" else place.name
