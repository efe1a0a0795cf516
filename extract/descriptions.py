"""Places that are described and not named: "eastern Ukraine", "its eastern border", "30 km north of the town".

Each description becomes a mention whose :class:`~extract.model.Region` says how it derives from named places; one that
says too little for that ("rebel-held areas") keeps ``region`` None. Descriptions nest over the names they hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from spacy.tokens import Doc, Token

from extract.focus import Focus
from extract.lexicon import by_word
from extract.model import Direction, PlaceMention, Region, Relation
from extract.numerals import find_numerals
from extract.place_roles import role_of
from extract.sentences import Passage
from extract.toponym_record import Toponym
from extract.toponym_words import head_class

_KM = {
    "km": 1.0,
    "kilometre": 1.0,
    "kilometer": 1.0,
    "mile": 1.609,
    "mi": 1.609,
    "metre": 0.001,
    "meter": 0.001,
    "m": 0.001,
}
_COUNTRY_WORDS = frozenset({"country", "kingdom", "republic", "nation"})
_PLACE_WORDS = frozenset(
    {
        "city",
        "town",
        "village",
        "province",
        "region",
        "district",
        "state",
        "island",
        "capital",
        "area",
        "enclave",
        "peninsula",
    }
)
_PART_WORDS = frozenset({
    "part", "parts", "outskirts", "suburbs", "countryside", "regions", "region", "areas", "area", "districts", "edge",
    "half", "side", "fringe", "fringes", "flank", "tip", "corner", "portion", "provinces", "villages", "towns", "cities", "front",
    "section", "sector", "neighbourhoods", "neighborhoods", "desert", "mountains",
})  # fmt: skip
_OF_ONLY = frozenset(
    {"part", "parts", "half", "side", "sides", "edge", "edges", "heart", "tip", "corner", "portion", "fringe"}
)
"""Nouns that describe a place only with "of" after them: "its part" is none."""
_ANCHOR_REACH = 6
_ZONE_REACH = 16


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    region: Region | None


@lru_cache(maxsize=1)
def _directions() -> dict[str, tuple[str, str]]:
    return {word: (row["direction"], row["use"]) for word, row in by_word("directions").items()}


@lru_cache(maxsize=1)
def _relations() -> dict[str, str]:
    return {word: row["relation"] for word, row in by_word("spatial_nouns").items()}


def find_descriptions(passages: Sequence[Passage], toponyms: Sequence[Toponym], focus: Focus) -> list[PlaceMention]:
    """Described places of the body passages, in text order."""
    found: list[PlaceMention] = []
    for passage in passages:
        if passage.kind != "body":
            continue
        held = [t for t in toponyms if t.passage is passage]
        found += [_mention(passage, each) for each in _Reader(passage, held, focus).read()]
    return found


def _mention(passage: Passage, found: _Found) -> PlaceMention:
    span = passage.doc[found.start : found.end]
    return PlaceMention(
        span=passage.of(span), name=span.text, kind="descriptive", role=role_of(span), named=False, region=found.region
    )


class _Reader:
    """Reads the descriptions of one passage."""

    def __init__(self, passage: Passage, toponyms: Sequence[Toponym], focus: Focus) -> None:
        self.passage = passage
        self.doc: Doc = passage.doc
        self.focus = focus
        self.at = {t.candidate.start: t for t in toponyms}
        self.inside = {i: t for t in toponyms for i in range(t.candidate.start, t.candidate.end)}

    def read(self) -> list[_Found]:
        """Descriptions, the longer one where two of a kind overlap."""
        found = [each for token in self.doc if token.i not in self.inside for each in self._from(token)]
        found = [f for f in found if not any(_swallows(g, f) for g in found)]
        found += [zone for token in self.doc if (zone := self._zone(token, found)) is not None]
        return sorted(dict.fromkeys(found), key=lambda f: (f.start, -f.end))

    def _from(self, token: Token) -> Iterator[_Found]:
        relation = _relations().get(token.lower_)
        if relation == "border":
            yield from self._border(token)
        elif relation == "coast":
            yield from self._related(token, "coast")
        elif relation == "area" and not self._direction_before(token):
            yield from self._related(token, "area")
        direction = self._direction_at(token.i)
        if direction is not None:
            yield from self._directed(token.i, *direction)

    # directions ------------------------------------------------------------------------------------------------------

    def _direction_at(self, at: int) -> tuple[Direction, int, str] | None:
        """Direction that begins at a token, one past its last token, and its use; "north - east" is one word."""
        doc, table = self.doc, _directions()
        if at > 0 and doc[at - 1].text == "-" and at > 1 and doc[at - 2].lower_ in table:
            return None
        if at + 2 < len(doc) and doc[at + 1].text == "-":
            joined = f"{doc[at].lower_}-{doc[at + 2].lower_}"
            if joined in table:
                return cast(Direction, table[joined][0]), at + 3, table[joined][1]
        entry = table.get(doc[at].lower_)
        return (cast(Direction, entry[0]), at + 1, entry[1]) if entry else None

    def _directed(self, start: int, direction: Direction, end: int, use: str) -> Iterator[_Found]:
        after = self.doc[end] if end < len(self.doc) else None
        if after is None:
            found = self._bare(start, direction, end) if use != "adjective" else None
        elif after.lower_ in ("of", "from") and use != "adjective":
            found = self._side_of(start, direction, end)
        elif after.lower_ in _PART_WORDS and use != "noun":
            found = self._part(start, direction, end)
        else:
            found = self._before_name(start, direction, end)
            if found is None and use != "adjective":
                found = self._bare(start, direction, end)
        if found is not None:
            yield found

    def _before_name(self, start: int, direction: Direction, end: int) -> _Found | None:
        """ "eastern Ukraine"; before "X province" the direction tells where in the country X is, and is left out."""
        at = end
        while (
            at < len(self.doc) and at - end < 3 and at not in self.at and self.doc[at].pos_ in ("ADJ", "VERB", "PUNCT")
        ):
            if self.doc[at].text == "," or self.doc[at].tag_ in ("VBD", "VBZ", "VBP"):
                return None
            at += 1
        toponym = self.at.get(at)
        if toponym is None or at - end > 2 or toponym.mention.kind == "org_part":
            return None
        stop = toponym.candidate.end
        after = self.doc[stop] if stop < len(self.doc) else None
        if toponym.mention.name != toponym.candidate.name:
            if (
                after is None
                or head_class(after) is None
                or (toponym.candidate.facts is not None and "country" not in toponym.candidate.facts.kinds)
            ):
                return None
            return _Found(start, stop + 1, Region("direction", (toponym.mention.name,), direction))
        generic = toponym.candidate.generic
        if (generic is not None and generic.i == stop) or (after is not None and head_class(after) is not None):
            return None
        return _Found(start, stop, Region("direction", (toponym.mention.name,), direction))

    def _side_of(self, start: int, direction: Direction, end: int) -> _Found | None:
        """ "the east of the country" is a part of it; "east of the city" and "30 km east of it" lie outside."""
        anchor = self._anchor(end + 1)
        if anchor is None:
            return None
        names, stop, water = anchor
        article = self.doc[start - 1] if start else None
        if article is not None and article.lower_ == "the" and not (start > 1 and self.doc[start - 2].lower_ == "to"):
            return _Found(start, stop, Region("direction", names[:1], direction))
        if water:
            return _Found(start, stop, Region("bank", names[:1], direction))
        begin, km = self._distance(start)
        return _Found(begin, stop, Region("distance", names[:1], direction, km))

    def _distance(self, start: int) -> tuple[int, float | None]:
        """The token at which "30 km" before a direction begins, and the kilometres; the start itself and None."""
        if start == 0 or (factor := _KM.get(self.doc[start - 1].lemma_.lower())) is None:
            return start, None
        before = self.doc[start - 1]
        for numeral in find_numerals(self.doc.text[: before.idx])[-1:]:
            if self.doc.text[numeral.end : before.idx].strip() in ("", "-") and (numeral.high or numeral.low):
                span = self.doc.char_span(numeral.start, numeral.end, alignment_mode="expand")
                if span is not None:
                    return span.start, float(numeral.high or numeral.low or 0) * factor
        return start, None

    def _part(self, start: int, direction: Direction, end: int) -> _Found | None:
        """ "the northern outskirts of Kosti", "the country's eastern regions"."""
        after = self.doc[end + 1] if end + 1 < len(self.doc) else None
        if after is not None and after.lower_ in ("of", "in"):
            anchor = self._anchor(end + 2)
            if anchor is not None and after.lower_ == "of":
                return _Found(start, anchor[1], Region("direction", anchor[0][:1], direction))
        owner = self._possessor(start)
        if owner is not None:
            return _Found(owner[1], end + 1, Region("direction", (owner[0],), direction))
        return None

    def _bare(self, start: int, direction: Direction, end: int) -> _Found | None:
        """ "in the north-east" of the country in focus; "Ukraine's east"."""
        owner = self._possessor(start)
        if owner is not None and (end >= len(self.doc) or self.doc[end].pos_ not in ("NOUN", "PROPN", "ADJ")):
            return _Found(owner[1], end, Region("direction", (owner[0],), direction))
        if (
            start < 2
            or self.doc[start - 1].lower_ != "the"
            or self.doc[start - 2].lower_ not in ("in", "across", "throughout", "from")
        ):
            return None
        if self.doc[start].text[:1].isupper() or (
            end < len(self.doc) and self.doc[end].pos_ in ("NOUN", "PROPN", "ADJ")
        ):
            return None
        country = self.focus.scene(self.passage, self.doc[start])
        return _Found(start - 1, end, Region("direction", (country,), direction)) if country else None

    def _direction_before(self, token: Token) -> Direction | None:
        for back in (1, 3):
            if token.i - back >= 0:
                found = self._direction_at(token.i - back)
                if found is not None and found[1] == token.i:
                    return found[0]
        return None

    # borders, coasts, areas ------------------------------------------------------------------------------------------

    def _border(self, noun: Token) -> Iterator[_Found]:
        if noun.dep_ == "compound" and noun.head.i > noun.i and noun.head.pos_ == "NOUN":
            return
        start, names, direction = self._left_of(noun)
        stop = noun.i + 1
        if stop < len(self.doc) and self.doc[stop].lower_ in ("of", "with", "between", "to"):
            anchor = self._anchor(stop + 1)
            if anchor is not None:
                names = (*names, *anchor[0]) if self.doc[stop].lower_ != "of" else (*anchor[0], *names)
                stop = anchor[1]
        if not names:
            return
        if len(names) == 1:
            country = self.focus.country(self.passage, noun)
            names = (*names, country) if country and country != names[0] and not direction else names
        yield _Found(start, stop, Region("border", tuple(dict.fromkeys(names))[:2], direction))

    def _related(self, noun: Token, relation: Relation) -> Iterator[_Found]:
        """ "the coast of X", "X's southern coast", "the outskirts of X", "its surroundings"."""
        start, names, direction = self._left_of(noun)
        stop = noun.i + 1
        if stop < len(self.doc) and self.doc[stop].lower_ == "of":
            anchor = self._anchor(stop + 1)
            if anchor is not None:
                names, stop = (*anchor[0], *names), anchor[1]
        if names and (stop > noun.i + 1 or noun.lower_ not in _OF_ONLY):
            kind: Relation = "direction" if relation == "area" and direction else relation
            yield _Found(start, stop, Region(kind, names[:1], direction))

    def _left_of(self, noun: Token) -> tuple[int, tuple[str, ...], Direction | None]:
        """Modifiers of a noun read leftwards: where they begin, the places among them, and a direction."""
        names: list[str] = []
        direction: Direction | None = None
        at = noun.i
        while at > noun.sent.start and noun.i - at < 8:
            word = self.doc[at - 1]
            if word.i in self.inside:
                toponym = self.inside[word.i]
                names.insert(0, toponym.mention.name)
                at = toponym.candidate.start
            elif word.lower_ in _directions():
                direction = self._direction_before(self.doc[at]) or direction
                at -= 3 if at > 2 and self.doc[at - 2].text == "-" and self.doc[at - 3].lower_ in _directions() else 1
            elif (
                word.text in ("-", "–", "/")
                or (word.lower_ == "and" and names)
                or word.pos_ in ("ADJ",)
                or word.tag_ in ("VBN",)
            ):
                at -= 1
            elif word.tag_ in ("PRP$", "POS"):
                owner = self._possessor(at)
                if owner is not None:
                    names.insert(0, owner[0])
                    at = owner[1]
                break
            else:
                break
        while at < noun.i and (self.doc[at].lower_ in ("and", "-") or self.doc[at].pos_ == "PUNCT"):
            at += 1
        return at, tuple(names), direction

    def _possessor(self, at: int) -> tuple[str, int] | None:
        """Place whose "'s" or "its" ends right before a token, and where its words begin."""
        if at == 0:
            return None
        before = self.doc[at - 1]
        if before.lower_ in ("its", "their"):
            owner = self.focus.owner(self.passage, before)
            return (owner, before.i) if owner else None
        if before.tag_ != "POS" and before.text not in ("'s", "’s", "'", "’"):
            return None
        if before.i == 0:
            return None
        owned = self.doc[before.i - 1]
        if owned.i in self.inside:
            toponym = self.inside[owned.i]
            return toponym.mention.name, toponym.candidate.start
        if owned.lower_ in _COUNTRY_WORDS:
            country = self.focus.country(self.passage, owned)
            return (country, owned.i - 1) if country else None
        return None

    def _anchor(self, at: int) -> tuple[tuple[str, ...], int, bool] | None:
        """Places named from a token on ("the city of X", "X and Y", "the country"), where they end, and whether water."""
        for i in range(at, min(at + _ANCHOR_REACH, len(self.doc))):
            token = self.doc[i]
            if i in self.at:
                return self._names_from(i)
            if token.lower_ in _COUNTRY_WORDS:
                country = self.focus.country(self.passage, token)
                return ((country,), i + 1, False) if country else None
            if token.lower_ in _PLACE_WORDS and not (i + 1 < len(self.doc) and self.doc[i + 1].lower_ == "of"):
                place = self.focus.place(self.passage, token)
                return ((place,), i + 1, False) if place and self.doc[i - 1].lower_ in ("the", "that", "this") else None
            if (token.pos_ in ("VERB", "AUX", "PRON") and token.tag_ not in ("VBN", "PRP$")) or token.text in ",.;:(":
                return None
        return None

    def _names_from(self, at: int) -> tuple[tuple[str, ...], int, bool]:
        toponym = self.at[at]
        names, stop = [toponym.mention.name], toponym.candidate.end
        facts = toponym.candidate.facts
        generic = toponym.candidate.generic
        water = (facts is not None and "water" in facts.kinds) or (
            generic is not None and head_class(generic) == "water"
        )
        if stop < len(self.doc) and head_class(self.doc[stop]) is not None:
            stop += 1
        if stop + 1 < len(self.doc) and self.doc[stop].lower_ == "and":
            second = stop + 2 if self.doc[stop + 1].lower_ == "the" else stop + 1
            if second in self.at and not self._is_hyphened(second):
                names.append(self.at[second].mention.name)
                stop = self.at[second].candidate.end
        return tuple(names), stop, water

    def _is_hyphened(self, at: int) -> bool:
        stop = self.at[at].candidate.end
        return stop < len(self.doc) and self.doc[stop].text == "-"

    # zones -----------------------------------------------------------------------------------------------------------

    def _zone(self, noun: Token, described: Sequence[_Found]) -> _Found | None:
        """ "the territory they have controlled … in the east of the country": a zone with a clause that places it."""
        if _relations().get(noun.lower_) != "zone" or noun.i in self.inside or noun.pos_ != "NOUN":
            return None
        clause = next((c for c in noun.children if c.dep_ in ("relcl", "acl") and c.i > noun.i), None)
        held = any(c.dep_ in ("amod", "compound", "nmod") and c.i < noun.i and _says_who(c) for c in noun.children)
        if clause is None and not held:
            return None
        stop = clause.right_edge.i + 1 if clause is not None else noun.i + 1
        if stop - noun.i > _ZONE_REACH:
            return None
        start = noun.i
        while (
            start > 0
            and (self.doc[start - 1].pos_ in ("ADJ", "NOUN", "VERB") or self.doc[start - 1].text == "-")
            and (self.doc[start - 1].text == "-" or self.doc[start - 1].head.i in range(start, noun.i + 1))
        ):
            start -= 1
        inner = next((f for f in described if f.region and noun.i < f.start and f.end <= stop), None)
        if inner is not None:
            return _Found(start, stop, inner.region)
        return _Found(start, noun.i + 1, None) if held and noun.i + 1 not in self.at else None


def _says_who(modifier: Token) -> bool:
    """ "rebel-held", "separatist", "occupied": who has it, not what it is like."""
    return bool(
        re.search(r"(?:held|controlled|occupied|seized|separatist|rebel|breakaway|liberated|annexed)$", modifier.lower_)
    )


def _swallows(outer: _Found, inner: _Found) -> bool:
    return (
        outer is not inner
        and outer.start <= inner.start
        and inner.end <= outer.end
        and (outer.start, outer.end) != (inner.start, inner.end)
        and outer.region is not None
        and inner.region is not None
        and outer.region.relation == inner.region.relation
    )
