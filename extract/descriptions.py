"""Places that are described and not named: "eastern Ukraine", "its eastern border", "30 km north of the town".

Each description becomes a mention whose :class:`~extract.model.Region` says how it derives from named places; one that
says too little for that ("rebel-held areas") keeps ``region`` None. Descriptions nest over the names they hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from spacy.tokens import Token

from extract.description_anchors import Compass, Described, Surroundings
from extract.description_buildings import find_buildings
from extract.description_zones import find_zones
from extract.focus import Focus
from extract.lexicon import by_word
from extract.model import PlaceKind, PlaceMention, Region, Relation
from extract.place_roles import role_of
from extract.sentences import Passage
from extract.toponym_record import Toponym
from extract.toponym_words import head_class

_PARTS = frozenset({
    "part", "parts", "outskirts", "suburbs", "countryside", "regions", "region", "areas", "area", "districts", "edge",
    "half", "side", "fringe", "fringes", "flank", "tip", "corner", "portion", "provinces", "villages", "towns",
    "cities",    "front", "section", "sector", "neighbourhoods", "neighborhoods", "desert", "mountains",
})  # fmt: skip
_OF_ONLY = frozenset({"edge", "edges", "tip", "corner", "fringe", "fringes", "flank", "flanks"})
"""Nouns that describe a place only with "of" after them."""
_WAYS = frozenset({"road", "highway", "route", "area", "corridor", "strip", "zone", "line", "territory", "railway"})


def find_descriptions(passages: Sequence[Passage], toponyms: Sequence[Toponym], focus: Focus) -> list[PlaceMention]:
    """Described places of the body passages, in text order."""
    held: dict[int, list[Toponym]] = {}
    for toponym in toponyms:
        held.setdefault(id(toponym.passage), []).append(toponym)
    found: list[PlaceMention] = []
    for passage in passages:
        if passage.kind == "body":
            around = Surroundings(passage, held.get(id(passage), []), focus)
            found += [_mention(passage, each) for each in _read(around)]
    return found


def _mention(passage: Passage, found: Described) -> PlaceMention:
    span = passage.doc[found.start : found.end]
    kind: PlaceKind = "literal" if found.named else "descriptive"
    return PlaceMention(passage.of(span), span.text, kind, role_of(span), named=found.named, region=found.region)


def _read(around: Surroundings) -> list[Described]:
    """Descriptions of a passage; of two of a kind, one inside the other, the longer."""
    triggers = _triggers()
    words = [token for token in around.doc if token.lower_ in triggers and token.i not in around.inside]
    found = [each for token in words for each in _from(around, token)]
    found = [each for each in found if not any(_swallows(other, each) for other in found)]
    found += find_zones(around, found)
    found += find_buildings(around, found)
    return sorted(dict.fromkeys(found), key=lambda f: (f.start, -f.end))


@lru_cache(maxsize=1)
def _triggers() -> frozenset[str]:
    """Words that can set off a description; all others are passed over at once."""
    joined = {part for word in by_word("directions") for part in word.split("-")}
    return frozenset(by_word("spatial_nouns")) | joined | {"between", "from"}


def _swallows(outer: Described, inner: Described) -> bool:
    if outer.region is None or inner.region is None or outer.region.relation != inner.region.relation:
        return False
    longer = outer.end - outer.start > inner.end - inner.start
    return longer and outer.start <= inner.start and inner.end <= outer.end


def _from(around: Surroundings, token: Token) -> Iterator[Described]:
    """Descriptions that a word sets off."""
    row = by_word("spatial_nouns").get(token.lower_)
    relation = row["relation"] if row is not None else ""
    compass = around.direction_at(token.i)
    found = None
    if relation == "border":
        found = _border(around, token)
    elif relation == "coast":
        found = _related(around, token, "coast")
    elif relation == "area" and around.direction_before(token.i) is None:
        found = _related(around, token, "area")
    elif compass is not None:
        found = _directed(around, token.i, compass)
    elif token.lower_ == "between":
        found = _between(around, token)
    elif token.lower_ == "from":
        found = _away_from(around, token.i)
    if found is not None:
        yield found


# directions ----------------------------------------------------------------------------------------------------------


def _directed(around: Surroundings, start: int, compass: Compass) -> Described | None:
    following = around.word(compass.end)
    if following in ("of", "from") and compass.use != "adjective":
        return _side_of(around, start, compass)
    if following in _PARTS and compass.use != "noun":
        return _part(around, start, compass)
    named = _before_name(around, start, compass)
    return named if named is not None or compass.use == "adjective" else _bare(around, start, compass)


def _before_name(around: Surroundings, start: int, compass: Compass) -> Described | None:
    """ "eastern Ukraine", "southern Syrian towns".

    Before "Kosti province" the direction tells where in the country the province is, and makes no region of it.
    """
    at = _name_after(around, compass.end)
    toponym = around.at.get(at)
    if toponym is None or toponym.mention.kind == "org_part":
        return None
    stop = toponym.candidate.end
    generic = stop < len(around.doc) and head_class(around.doc[stop]) is not None
    demonym = toponym.is_demonym
    if demonym != generic or (demonym and around.doc[stop].tag_ not in ("NNS", "NNPS", "NN")):
        return None
    facts = toponym.candidate.facts
    country = facts is not None and "country" in facts.kinds
    if not demonym and not country and around.focus.is_region(around.doc[start:stop].text):
        return Described(start, stop, None, named=True)
    region = Region("direction", (toponym.mention.name,), compass.direction)
    return Described(start, stop + 1 if demonym else stop, region)


def _name_after(around: Surroundings, at: int) -> int:
    """First token of the name after a direction, with at most two adjectives between ("eastern, war-torn X")."""
    for skipped in range(3):
        here = at + skipped
        if here in around.at or here >= len(around.doc):
            return here
        token = around.doc[here]
        if token.pos_ not in ("ADJ", "VERB", "PUNCT") or token.text == "," or token.tag_ in ("VBD", "VBZ", "VBP"):
            return -1
    return -1


def _side_of(around: Surroundings, start: int, compass: Compass) -> Described | None:
    """ "the east of the country" is a part of it; "east of the city" and "30 km east of it" lie outside."""
    anchor = around.anchor(compass.end + 1)
    if anchor is None:
        return None
    names = anchor.names[:1]
    if around.word(start - 1) == "the" and around.word(start - 2) != "to":
        return Described(start, anchor.end, Region("direction", names, compass.direction))
    if anchor.water:
        return Described(start, anchor.end, Region("bank", names, compass.direction))
    away = around.distance_before(start)
    begin, km = away if away is not None else (start, None)
    return Described(begin, anchor.end, Region("distance", names, compass.direction, km))


def _part(around: Surroundings, start: int, compass: Compass) -> Described | None:
    """ "the northern outskirts of Kosti", "the country's eastern regions"."""
    anchor = around.anchor(compass.end + 2) if around.word(compass.end + 1) == "of" else None
    if anchor is not None:
        return Described(start, anchor.end, Region("direction", anchor.names[:1], compass.direction))
    owner = around.possessor(start)
    if owner is None:
        return None
    return Described(owner[1], compass.end + 1, Region("direction", (owner[0],), compass.direction))


def _bare(around: Surroundings, start: int, compass: Compass) -> Described | None:
    """ "Ukraine's east"; "in the north-east" of the country in which the report's places lie."""
    end = compass.end
    if end < len(around.doc) and around.doc[end].pos_ in ("NOUN", "PROPN", "ADJ"):
        return None
    owner = around.possessor(start)
    if owner is not None:
        return Described(owner[1], end, Region("direction", (owner[0],), compass.direction))
    inside = around.word(start - 1) == "the" and around.word(start - 2) in ("in", "across", "throughout", "from")
    if not inside or around.doc[start].text[:1].isupper():
        return None
    country = around.focus.scene(around.passage, around.doc[start])
    return Described(start - 1, end, Region("direction", (country,), compass.direction)) if country else None


# borders, coasts, areas, distances -----------------------------------------------------------------------------------


def _border(around: Surroundings, noun: Token) -> Described | None:
    """ "its eastern border", "the Syrian-Turkish border", "the borders of X with Y"."""
    if noun.dep_ == "compound" and noun.head.i > noun.i and noun.head.pos_ == "NOUN":
        return None
    before = around.modifiers(noun)
    names, stop = before.names, noun.i + 1
    link = around.word(stop)
    anchor = around.anchor(stop + 1) if link in ("of", "with", "between", "to") else None
    if anchor is not None:
        names = (*anchor.names, *names) if link == "of" else (*names, *anchor.names)
        stop = anchor.end
    if not names:
        return None
    if len(names) == 1 and before.direction is None:
        partner = around.focus.country(around.passage, noun)
        names = (*names, partner) if partner is not None else names
    return Described(before.start, stop, Region("border", tuple(dict.fromkeys(names))[:2], before.direction))


def _related(around: Surroundings, noun: Token, relation: Relation) -> Described | None:
    """ "the coast of X", "X's southern coast", "the outskirts of X", "its surroundings"."""
    before = around.modifiers(noun)
    stop = noun.i + 1
    anchor = around.anchor(stop + 1) if around.word(stop) == "of" else None
    if anchor is None and noun.lower_ in _OF_ONLY:
        return None
    names = anchor.names if anchor is not None else before.names
    if not names:
        return None
    kind: Relation = "direction" if relation == "area" and before.direction else relation
    vague = kind == "area" and around.focus.is_country(names[0])
    region = None if vague else Region(kind, names[:1], before.direction)
    return Described(before.start, anchor.end if anchor else stop, region)


def _between(around: Surroundings, token: Token) -> Described | None:
    """ "the road between A and B"."""
    way = around.doc[token.i - 1] if token.i else None
    anchor = around.anchor(token.i + 1)
    if way is None or way.lemma_.lower() not in _WAYS or anchor is None or len(anchor.names) < 2:
        return None
    return Described(way.i, anchor.end, Region("between", anchor.names[:2]))


def _away_from(around: Surroundings, at: int) -> Described | None:
    """ "30 km from Kosti"."""
    away = around.distance_before(at)
    anchor = around.anchor(at + 1) if away is not None else None
    if away is None or anchor is None:
        return None
    return Described(away[0], anchor.end, Region("distance", anchor.names[:1], None, away[1]))
