"""Places that a report names beside those its claims speak of: made out in its text, and as quiet marks on its map."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from dashboard import wording
from dashboard.language import later, percent, t
from dashboard.map import clipped
from dashboard.report_text import FindPlace, Highlight
from store.marks import Mark
from store.records import ClaimRow, MentionRow, PlaceRow

CountryOf = Callable[[PlaceRow], str | None]

_LOCATIVE: Final = frozenset({"literal", "descriptive"})
_USES: Final[Mapping[str, str]] = {
    "actor": later("stands here for who acts, not for where something is"),
    "attributive": later("says here what something belongs to, not where it is"),
    "org_part": later("part of a name"),
}  # fmt: skip
"""What a name of a place is for that locates nothing."""
_LONGEST: Final = 240


def highlights(
    mentions: Iterable[MentionRow], claims: Iterable[ClaimRow], find_place: FindPlace, country_of: CountryOf
) -> list[Highlight]:
    """The mentions that no place of a claim holds, each with how it was read.

    :param country_of: name of the country that a place lies in, None for none.
    """
    spoken = [(place.start, place.end) for claim in claims for place in claim.places]
    free = (each for each in mentions if not any(a <= each.start and each.end <= b for a, b in spoken))
    return [_highlight(mention, find_place, country_of) for mention in free]


def _highlight(mention: MentionRow, find_place: FindPlace, country_of: CountryOf) -> Highlight:
    row = find_place(mention.place_key) if mention.place_key else None
    if row is None:
        lost = t("these words name a place that could not be located")
        return Highlight(mention.start, mention.end, "lost", lost)
    where = row.key if mention.kind in _LOCATIVE else None
    return Highlight(mention.start, mention.end, "mention", _reading(mention, row, country_of), place=where)


def _reading(mention: MentionRow, row: PlaceRow, country_of: CountryOf) -> str:
    """Which place it was read as, how surely, and what for when it locates nothing."""
    country = country_of(row)
    place = ", ".join(
        [row.name, *([country] if country and country != row.name else []), wording.precision(row.precision)]
    )
    parts = [place, t("{share} sure", share=percent(mention.confidence))]
    parts += [t("derived from {words}", words=row.derived_from)] if row.derived_from else []
    parts += [t(_USES[mention.kind])] if mention.kind in _USES else [t("no claim speaks of it")]
    return clipped("; ".join(parts), _LONGEST)


def with_mentions(items: Sequence[Highlight], mentioned: Iterable[Highlight]) -> list[Highlight]:
    """Highlights of claims and of mentions in text order."""
    return sorted([*items, *mentioned], key=lambda item: (item.start, -item.end, item.kind))


def quiet_marks(mentions: Iterable[MentionRow], spoken_of: Collection[str], find_place: FindPlace) -> list[Mark]:
    """A mark without claims for each place that the report names as one and no claim speaks of."""
    return [Mark(place, 0, 0, 0, ()) for place in _unspoken(mentions, spoken_of, find_place)]


def _unspoken(mentions: Iterable[MentionRow], spoken_of: Collection[str], find_place: FindPlace) -> Iterator[PlaceRow]:
    named = (each.place_key for each in mentions if each.kind in _LOCATIVE and each.place_key)
    for key in dict.fromkeys(named):
        if key not in spoken_of and (place := find_place(key)):
            yield place
