"""Which places a written name may mean: exact bearers of the name, then of the name without its generic words.

Variants are tried in a fixed order and the first that has bearers wins; what the variant took off is kept as a hint
("Kharkiv region" -> a first-order unit, "Paris, Texas" -> inside Texas, "Kherson airport" -> near Kherson).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from geo.gazetteer import Gazetteer, Posting
from geo.names import fold
from geo.records import Kind
from geo.variants import bare, same_sound, same_thing

_UNIT_WORDS: Final[dict[str, frozenset[Kind]]] = {
    "oblast": frozenset({"admin1"}), "province": frozenset({"admin1", "admin2", "region"}),
    "region": frozenset({"admin1", "admin2", "region"}), "governorate": frozenset({"admin1"}),
    "state": frozenset({"admin1", "country", "region"}), "republic": frozenset({"admin1", "country"}),
    "krai": frozenset({"admin1"}), "emirate": frozenset({"admin1"}), "voivodeship": frozenset({"admin1"}),
    "prefecture": frozenset({"admin1", "admin2"}), "department": frozenset({"admin1", "admin2"}),
    "county": frozenset({"admin2", "admin1"}), "co": frozenset({"admin2", "admin1"}),
    "parish": frozenset({"admin2", "admin1"}),
    "district": frozenset({"admin2", "admin3", "admin1"}), "raion": frozenset({"admin2"}),
    "municipality": frozenset({"admin2", "admin3", "city", "town", "village"}),
    "borough": frozenset({"admin2", "admin3", "city", "town"}), "subdistrict": frozenset({"admin2", "admin3"}),
    "city": frozenset({"city", "town", "village"}), "town": frozenset({"town", "village", "city"}),
    "township": frozenset({"town", "village", "admin3", "admin2"}), "village": frozenset({"village", "town"}),
    "settlement": frozenset({"village", "town"}), "suburb": frozenset({"village", "town"}),
    "island": frozenset({"island", "region", "admin1"}), "peninsula": frozenset({"region", "admin1"}),
}  # fmt: skip
_PART_WORDS: Final = frozenset({
    "airport", "airfield", "airbase", "base", "port", "harbour", "harbor", "station", "bridge", "dam", "plant",
    "university", "hospital", "college", "school", "prison", "stadium", "square", "street", "road", "avenue",
    "cathedral", "church", "mosque", "museum", "park", "zoo", "court", "courthouse", "jail", "hotel", "theatre",
    "theater", "library", "market", "mall", "camp", "refinery", "reservoir", "tunnel", "crossing", "checkpoint",
    "beach", "coast", "valley", "river", "lake", "creek", "bay", "hills", "mountains", "forest", "area", "metro",
    "railway", "junction", "terminal", "shipyard", "barracks", "garrison", "embassy", "consulate", "center", "centre",
    "international", "regional", "national", "memorial", "general", "community", "high", "nuclear", "power", "military",
    "naval", "air", "force", "central", "house", "hall", "castle", "palace", "cemetery", "club", "arena", "field",
    "highway", "boulevard", "drive", "lane", "building", "tower", "plaza", "suburbs", "countryside", "campus", "clinic",
    "institute", "academy", "medical", "state", "county", "district", "city", "civic", "convention", "elementary",
})  # fmt: skip
_LEAD_WORDS: Final = frozenset({
    "downtown", "central", "greater", "inner", "outer", "metropolitan", "rural", "mainland", "old", "upper", "lower",
    "port", "university", "bank", "strait", "gulf", "bay", "city", "town", "village", "province", "region", "state",
    "county", "district", "governorate", "municipality", "republic", "kingdom", "commonwealth", "borough", "suburb",
    "northern", "southern", "eastern", "western", "north", "south", "east", "west", "northeast", "northwest",
    "southeast", "southwest", "northeastern", "northwestern", "southeastern", "southwestern",
})  # fmt: skip
_GENERIC: Final = _PART_WORDS | _LEAD_WORDS | _UNIT_WORDS.keys()
_PARTS_OF_NAMES: Final = frozenset({"lower", "upper"})
"""Words that are more often a part of a name than said of it: "Lower Shabelle" is no part of Shabelle."""
_THINGS: Final = frozenset({"facility", "airfield", "sea", "island", "water", "relief"})
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_SHORTEST_PART: Final = 4
MOST_CANDIDATES: Final = 24
"""Bearers of one name that are ranked; the rest are less prominent than all of these."""


@dataclass(frozen=True, slots=True)
class Bearers:
    """The places a name may mean, most prominent first, and what its spelling says about which one.

    ``kinds`` are the kinds that a generic word asks for, empty when there was none. ``inside`` is the name after a
    comma. ``part`` is True when the name only contains the name of the place ("Kherson airport"), ``respelt`` when it
    is only spelt like it.
    """

    postings: tuple[Posting, ...]
    kinds: frozenset[Kind] = frozenset()
    inside: str | None = None
    part: bool = False
    respelt: bool = False


NOBODY: Final = Bearers(())


def bearers(gazetteer: Gazetteer, name: str) -> Bearers:
    """Places ``name`` may mean; without postings when no place is so called."""
    name = _POSSESSIVE.sub("", " ".join(name.split()))
    for found in _attempts(gazetteer, name):
        if found.postings:
            return _of_kind(gazetteer, found)
    return NOBODY


def is_generic(name: str) -> bool:
    """True for a name that is a generic word alone ("the West", "Valley", "State"): rarely the place so called."""
    return name.casefold().removeprefix("the ") in _GENERIC


def _of_kind(gazetteer: Gazetteer, found: Bearers) -> Bearers:
    """Only the bearers of the kinds that a generic word asks for, if there are any: "Kharkiv region" is no city."""
    asked = tuple(p for p in found.postings if gazetteer.kind(p.row) in found.kinds)
    return replace(found, postings=asked) if asked else found


def _attempts(gazetteer: Gazetteer, name: str) -> Iterator[Bearers]:
    yield Bearers(_top(gazetteer, name))
    head, comma, tail = name.partition(",")
    if comma:
        yield Bearers(_top(gazetteer, head), inside=tail.strip())
    yield from _without_unit_word(gazetteer, name)
    yield from (Bearers(_top(gazetteer, other)) for other in same_thing(name))
    yield from (Bearers(_things(gazetteer, other)) for other in bare(name))
    if name.partition(" ")[0].casefold() not in _PARTS_OF_NAMES:
        yield from _without_lead(gazetteer, name)
    yield from (Bearers(_top(gazetteer, other), respelt=True) for other in same_sound(name))
    yield Bearers(gazetteer.respelt(name)[:MOST_CANDIDATES], respelt=True)
    yield from _without_lead(gazetteer, name)
    yield from _inside_longer_name(gazetteer, name)


def _without_unit_word(gazetteer: Gazetteer, name: str) -> Iterator[Bearers]:
    """ "Kharkiv region", "the city of Homs", "Homs city", "Mount Vernon township"."""
    words = name.split()
    if len(words) > 1 and words[-1].casefold().rstrip(".") in _UNIT_WORDS:
        yield Bearers(_top(gazetteer, " ".join(words[:-1])), kinds=_UNIT_WORDS[words[-1].casefold().rstrip(".")])
    of = re.fullmatch(r"(?:the )?(\w+) of (.+)", name, flags=re.IGNORECASE)
    if of and of[1].casefold() in _UNIT_WORDS:
        yield Bearers(_top(gazetteer, of[2]), kinds=_UNIT_WORDS[of[1].casefold()])


def _without_lead(gazetteer: Gazetteer, name: str) -> Iterator[Bearers]:
    words = name.split()
    if len(words) > 1 and words[0].casefold().replace("-", "") in _LEAD_WORDS:
        yield Bearers(_top(gazetteer, " ".join(words[1:])), part=True)


def _inside_longer_name(gazetteer: Gazetteer, name: str) -> Iterator[Bearers]:
    """ "Kherson Regional Airport" -> Kherson; "University of Kansas Hospital" -> Kansas."""
    words = name.split()
    end = len(words)
    while end > 1 and words[end - 1].casefold().strip(".,") in _PART_WORDS:
        end -= 1
        yield Bearers(_top(gazetteer, " ".join(words[:end])), part=True)
    after = re.search(r"\b(?:of|in|at|near)\s+(?:the\s+)?(.+)$", " ".join(words[:end]))
    if after:
        yield Bearers(_top(gazetteer, after[1]), part=True)
    yield from _any_part(gazetteer, words)


def _any_part(gazetteer: Gazetteer, words: Sequence[str]) -> Iterator[Bearers]:
    """Longest run of words that is a place's own name: "Royal Dublin Society" -> Dublin; never a word or a surname."""
    for size in range(len(words) - 1, 0, -1):
        for start in range(len(words) - size + 1):
            part = " ".join(words[start : start + size]).strip(".,&")
            facts = gazetteer.facts(part) if len(part) >= _SHORTEST_PART and part[0].isupper() else None
            if (
                facts
                and facts.official
                and not facts.ambiguous_word
                and part.casefold() not in _PART_WORDS | _LEAD_WORDS
            ):
                yield Bearers(_top(gazetteer, part), part=True)


def _things(gazetteer: Gazetteer, name: str) -> tuple[Posting, ...]:
    """Bearers of a name without its generic word that are a thing of some kind: "Tanf" of "Tanf base", never a town."""
    return tuple(p for p in _top(gazetteer, name) if gazetteer.kind(p.row) in _THINGS)


def _top(gazetteer: Gazetteer, name: str) -> tuple[Posting, ...]:
    return gazetteer.postings(name)[:MOST_CANDIDATES]


@lru_cache(maxsize=4096)
def sense_key(name: str) -> str:
    """Mentions with the same key share one sense in a report."""
    return fold(_POSSESSIVE.sub("", name))
