"""What a description of a place rests on: the names about it, its possessor, a direction, a distance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from spacy.tokens import Doc, Token

from extract.focus import Focus
from extract.lexicon import by_word
from extract.model import Direction, Region
from extract.numerals import find_numerals
from extract.sentences import Passage
from extract.toponym_record import Toponym
from extract.toponym_words import head_class

COUNTRY_WORDS = frozenset({"country", "kingdom", "republic", "nation"})
_PLACE_WORDS = frozenset({
    "city", "town", "village", "province", "region", "district", "state", "island", "capital", "area", "enclave",
    "peninsula",
})  # fmt: skip
_KM = {
    "km": 1.0, "kilometre": 1.0, "kilometer": 1.0, "mile": 1.609, "mi": 1.609, "metre": 0.001, "meter": 0.001,
    "m": 0.001,
}  # fmt: skip
_ANCHOR_REACH, _LEFT_REACH = 6, 8


@dataclass(frozen=True, slots=True)
class Described:
    """A description: its tokens ``start:end`` and the region it derives, None when it says too little.

    ``named`` marks words that are a name as a whole ("eastern Vale"), for which nothing need be derived.
    """

    start: int
    end: int
    region: Region | None
    named: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """Places named from some token on, where their words end, and whether the first is a water."""

    names: tuple[str, ...]
    end: int
    water: bool = False


@dataclass(frozen=True, slots=True)
class Modifiers:
    """What stands before a spatial noun: where it begins, the places among it, and a direction."""

    start: int
    names: tuple[str, ...]
    direction: Direction | None


@dataclass(frozen=True, slots=True)
class Compass:
    """A direction, one past its last token, and its use: noun, adjective or both."""

    direction: Direction
    end: int
    use: str


@lru_cache(maxsize=1)
def _directions() -> dict[str, tuple[str, str]]:
    return {word: (row["direction"], row["use"]) for word, row in by_word("directions").items()}


class Surroundings:
    """The words of one passage as descriptions see them: named places, directions, and what is spoken of."""

    def __init__(self, passage: Passage, toponyms: Sequence[Toponym], focus: Focus) -> None:
        self.passage = passage
        self.doc: Doc = passage.doc
        self.focus = focus
        self.at = {t.candidate.start: t for t in toponyms}
        self.inside = {i: t for t in toponyms for i in range(t.candidate.start, t.candidate.end)}

    def word(self, at: int) -> str:
        """The lower-case word at a token, empty outside the passage."""
        return self.doc[at].lower_ if 0 <= at < len(self.doc) else ""

    # directions and distances ----------------------------------------------------------------------------------------

    def direction_at(self, at: int) -> Compass | None:
        """The direction that begins at a token; "north-east" is one word."""
        table = _directions()
        if self.word(at - 1) == "-" and self.word(at - 2) in table:
            return None
        joined = f"{self.word(at)}-{self.word(at + 2)}"
        if self.word(at + 1) == "-" and joined in table:
            return Compass(cast(Direction, table[joined][0]), at + 3, table[joined][1])
        entry = table.get(self.word(at))
        return Compass(cast(Direction, entry[0]), at + 1, entry[1]) if entry else None

    def direction_before(self, at: int) -> tuple[Direction, int] | None:
        """The direction that ends right before a token, and where it begins."""
        for back in (1, 3):
            found = self.direction_at(at - back) if at >= back else None
            if found is not None and found.end == at:
                return found.direction, at - back
        return None

    def distance_before(self, at: int) -> tuple[int, float] | None:
        """The token at which "30 km" right before a token begins, and the kilometres."""
        if at == 0 or (factor := _KM.get(self.doc[at - 1].lemma_.lower())) is None:
            return None
        unit = self.doc[at - 1]
        text = self.doc.text[: unit.idx]
        for numeral in find_numerals(text)[-1:]:
            number = numeral.high or numeral.low
            span = self.doc.char_span(numeral.start, numeral.end, alignment_mode="expand")
            if number and span is not None and text[numeral.end :].strip() in ("", "-"):
                return span.start, float(number) * factor
        return None

    # names -----------------------------------------------------------------------------------------------------------

    def possessor(self, at: int) -> tuple[str, int] | None:
        """The place whose "'s" or "its" ends right before a token, and where its words begin."""
        if self.word(at - 1) in ("its", "their"):
            owner = self.focus.owner(self.passage, self.doc[at - 1])
            return (owner, at - 1) if owner else None
        if at < 2 or (self.doc[at - 1].tag_ != "POS" and self.word(at - 1) not in ("'s", "’s", "'", "’")):
            return None
        toponym = self.inside.get(at - 2)
        if toponym is not None:
            return toponym.mention.name, toponym.candidate.start
        if self.word(at - 2) == "capital":
            place = self.focus.place(self.passage, self.doc[at - 2])
            return (place, max(0, at - 3)) if place else None
        if self.word(at - 2) not in COUNTRY_WORDS:
            return None
        country = self.focus.country(self.passage, self.doc[at - 2])
        return (country, max(0, at - 3)) if country else None

    def anchor(self, at: int) -> Anchor | None:
        """Places named from a token on: "the city of X", "X and Y", "the country"."""
        for i in range(at, min(at + _ANCHOR_REACH, len(self.doc))):
            token = self.doc[i]
            if i in self.at:
                return self._names_from(i)
            if token.lower_ in COUNTRY_WORDS:
                country = self.focus.country(self.passage, token)
                return Anchor((country,), i + 1) if country else None
            if token.lower_ in _PLACE_WORDS and self.word(i + 1) != "of":
                return self._spoken_of(token)
            if token.text in ",.;:(" or (token.pos_ in ("VERB", "AUX", "PRON") and token.tag_ not in ("VBN", "PRP$")):
                return None
        return None

    def _spoken_of(self, token: Token) -> Anchor | None:
        """ "The town": the last place named before it."""
        place = self.focus.place(self.passage, token)
        return Anchor((place,), token.i + 1) if place and self.word(token.i - 1) in ("the", "that", "this") else None

    def _names_from(self, at: int) -> Anchor:
        toponym = self.at[at]
        names, stop = [toponym.mention.name], toponym.candidate.end
        if stop < len(self.doc) and head_class(self.doc[stop]) is not None:
            stop += 1
        if self.word(stop) == "and":
            second = stop + 2 if self.word(stop + 1) == "the" else stop + 1
            if second in self.at and self.word(self.at[second].candidate.end) != "-":
                names.append(self.at[second].mention.name)
                stop = self.at[second].candidate.end
        return Anchor(tuple(names), stop, _is_water(toponym))

    def modifiers(self, noun: Token) -> Modifiers:
        """What stands before a spatial noun, read leftwards: "its eastern", "the Jordanian and Israeli"."""
        names: list[str] = []
        direction: Direction | None = None
        at = noun.i
        while at > noun.sent.start and noun.i - at < _LEFT_REACH:
            compass = self.direction_before(at)
            toponym = self.inside.get(at - 1)
            if toponym is not None:
                names.insert(0, toponym.mention.name)
                at = toponym.candidate.start
            elif compass is not None:
                direction, at = compass
            elif self._is_modifier(at - 1, bool(names)):
                at -= 1
            else:
                break
        owner = self.possessor(at)
        if owner is not None:
            names.insert(0, owner[0])
            at = owner[1]
        while at < noun.i and self.word(at) in ("and", "-", ",", "/", "–"):
            at += 1
        return Modifiers(at, tuple(names), direction)

    def _is_modifier(self, at: int, named: bool) -> bool:
        token = self.doc[at]
        return (
            token.text in ("-", "–", "/")
            or (token.lower_ == "and" and named)
            or token.pos_ == "ADJ"
            or token.tag_ == "VBN"
        )


def _is_water(toponym: Toponym) -> bool:
    facts, generic = toponym.candidate.facts, toponym.candidate.generic
    return (facts is not None and "water" in facts.kinds) or (generic is not None and head_class(generic) == "water")
