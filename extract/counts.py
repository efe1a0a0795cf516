"""Numbers of people and materiel as claims: interval, kind, owner, place and who gives the number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from spacy.tokens import Token

from extract import count_fates, count_nouns
from extract.actors import ActorIndex
from extract.claimants import Claimants
from extract.count_candidates import Candidate, candidates
from extract.count_confidence import confidence, doubts
from extract.count_corrections import linked
from extract.count_owners import Owners
from extract.count_places import Whereabouts
from extract.count_quantities import quantity_kinds
from extract.model import Count, CountKind, PlaceMention, PlaceNames, Span, Statement, in_text_order
from extract.sentences import Passage

_KIND_OF_CLASS: dict[str, CountKind] = {"people": "other", "facility": "other", "thing": "other"}
_UNIT_REACH = 8
_OWNED = frozenset({"equipment", "unit", "attack", "personnel"})
_ANOTHER = ("another", "a further", "an additional")
_UNMOVED = frozenset({"unit", "equipment", "attack", "facility", "thing"})


def find_counts(
    passages: Sequence[Passage],
    statements: Sequence[Statement],
    places: Sequence[PlaceMention],
    actors: ActorIndex,
    *,
    home: str | None = None,
    names: PlaceNames | None = None,
) -> tuple[Count, ...]:
    """Every count of the body passages in text order.

    :param statements: who says what; a count inside one has its speaker as claimant.
    :param places: place mentions of the report.
    :param home: the country in which the report takes place; soldiers and policemen without an owner are its own.
    :param names: the gazetteer; with it, a place in a country is preferred to the country.
    """
    where = Whereabouts(places, statements, names, home)
    reader = _Reader(where, Owners(actors, home), Claimants(statements, actors))
    found = [pair for passage in passages if passage.kind == "body" for pair in reader.read(passage)]
    return in_text_order(linked(found))


class _Reader:
    """Turns counting numerals into counts, one passage after the other."""

    def __init__(self, where: Whereabouts, owners: Owners, claimants: Claimants) -> None:
        self._where = where
        self._owners = owners
        self._claimants = claimants
        self._hit: set[str] = set()

    def read(self, passage: Passage) -> Iterator[tuple[Candidate, Count]]:
        """Counts of a passage in text order, with what each was made of."""
        before: tuple[Candidate, Count] | None = None
        for candidate in candidates(passage):
            count = self._count(candidate, before)
            before = candidate, replace(count, confidence=confidence(doubts(count, candidate)))
            yield before

    def _of_enemy(self, count: Count, candidate: Candidate) -> Count:
        """Arms destroyed of nobody named are those of the only side whose arms the report had destroyed before."""
        if "hit" not in candidate.fates or count.kind not in ("equipment", "unit"):
            return count
        if count.whose is not None:
            self._hit.add(count.whose)
        return replace(count, whose=next(iter(self._hit))) if len(self._hit) == 1 and count.whose is None else count

    def _count(self, candidate: Candidate, last: tuple[Candidate, Count] | None) -> Count:
        before = last[1] if last is not None else None
        numeral, passage = candidate.numeral, candidate.passage
        number = passage.span(numeral.start, numeral.end)
        noun = _unit_head(candidate)
        noun_kind = count_nouns.kind_of(noun) if noun is not None else None
        kind = _kind(candidate, noun, before)
        owner = self._owners.of(candidate, noun, noun_kind or "people")
        claimant = self._claimants.of(candidate, number, last)
        count = Count(
            span=_span(candidate),
            number=number,
            low=numeral.low,
            high=numeral.high,
            modifier=numeral.modifier,
            unit=_unit(noun) if noun is not None else None,
            kind=kind,
            whose=owner.name if owner else None,
            whose_text=owner.words.text if owner and owner.words else None,
            places=self._where.of(candidate),
            claimant=claimant.name,
            claimant_text=claimant.words.text if claimant.words else None,
            claimant_side=claimant.side,
            approx=numeral.approx,
            low_open=numeral.low_open,
            high_open=numeral.high_open,
        )
        return self._of_enemy(_completed(count, candidate, before), candidate)


def _completed(count: Count, candidate: Candidate, before: Count | None) -> Count:
    """An elliptical count takes the noun over from the one before it, in a list or after "another" the owner too."""
    if candidate.noun is None and count.unit is None and count.kind in count_nouns.CASUALTIES:
        same = before if before is not None and before.unit and before.kind in count_nouns.CASUALTIES else None
        if same is None or not (candidate.shares or (count.modifier or "").lower().startswith(_ANOTHER)):
            return replace(count, unit="people")
        return replace(count, unit=same.unit, whose=same.whose, whose_text=same.whose_text)
    hit = "hit" in candidate.fates and count.kind == "other"
    if candidate.shares and candidate.noun is None and count.unit is None and before is not None:
        return replace(count, unit=before.unit, whose=before.whose, whose_text=before.whose_text)
    if candidate.listed and count.whose is None and before is not None and (hit or count.kind in _OWNED):
        return replace(count, whose=before.whose, whose_text=before.whose_text)
    return count


def _unit_head(candidate: Candidate) -> Token | None:
    """The noun counted; for "the number of fighters" the fighters, for "a family of seven" the family."""
    if candidate.noun is not None or candidate.stand_in is None:
        return candidate.noun
    stand_in = candidate.stand_in
    of = next((c for c in stand_in.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    if of is None:
        return stand_in if count_nouns.kind_of(stand_in) is not None else None
    for token in stand_in.doc[of.i + 1 : min(of.i + _UNIT_REACH, candidate.number.start)]:
        if token.pos_ in ("VERB", "AUX"):
            break
        if token.tag_ in ("NNS", "NNPS") and count_nouns.kind_of(token) is not None:
            return token
    return next((c for c in of.children if c.dep_ == "pobj"), None)


def _kind(candidate: Candidate, noun: Token | None, before: Count | None) -> CountKind:
    noun_kind = count_nouns.kind_of(noun) if noun is not None else None
    if noun_kind in _UNMOVED:
        return _KIND_OF_CLASS.get(noun_kind, cast(CountKind, noun_kind))
    said = _stood_for(candidate.stand_in, noun) if candidate.stand_in is not None else _said(candidate.fates)
    if said is None and candidate.includes and before is not None:
        return before.kind
    if said is not None and not (said == "displaced" and noun_kind == "personnel"):
        return cast(CountKind, said)
    if noun_kind is None:
        return before.kind if before is not None and candidate.noun is None else "other"
    return _KIND_OF_CLASS.get(noun_kind, cast(CountKind, noun_kind))


def _stood_for(stand_in: Token, noun: Token | None) -> str | None:
    """The casualty that "the death toll" or "the number of men killed" speaks of."""
    pair = f"{stand_in.nbor(-1).lower_} {stand_in.lemma_.lower()}" if stand_in.i else ""
    kinds = quantity_kinds()
    named = kinds.get(pair) or kinds.get(stand_in.lemma_.lower()) or None
    return named or (_said(count_fates.own_fates(noun)) if noun is not None else None)


def _said(fates: Sequence[str]) -> str | None:
    """The casualty kind of fates, "killed" and "wounded" together being one; None when they say none."""
    found = [kind for kind in fates if kind not in ("hit", "taken")]
    if ("killed" in found and "wounded" in found) or "killed_or_wounded" in found:
        return "killed_or_wounded"
    return found[0] if found else None


def _span(candidate: Candidate) -> Span:
    """The number with its modifier and the head of its noun phrase."""
    numeral = candidate.numeral
    end = numeral.outer_end
    noun, number = candidate.noun, candidate.number
    if noun is not None and noun.i >= number.end - 1 and all(t.lower_ != "but" for t in noun.doc[number.end : noun.i]):
        last = _joined_noun(noun)
        end = max(end, last.idx + len(last))
    return candidate.passage.span(numeral.outer_start, end)


def _unit(noun: Token) -> str:
    """The head noun with its compound, and the noun joined to it: "military advisers and instructors"."""
    start = noun
    for child in reversed(list(noun.lefts)):
        if (
            child.i == start.i - 1
            and child.dep_ in ("compound", "amod")
            and child.ent_type_ == ""
            and child.text[:1].islower()
        ):
            start = child
        else:
            break
    return noun.doc[start.i : _joined_noun(noun).i + 1].text


def _joined_noun(noun: Token) -> Token:
    """The last noun of "advisers and instructors", joined with no numeral or article of its own, or of "pieces of
    equipment".
    """
    doc = noun.doc
    stuff = count_nouns.made_of(noun)
    if stuff is not None:
        return stuff
    if noun.i + 2 < len(doc) and doc[noun.i + 1].lower_ == "and" and doc[noun.i + 2].tag_ in ("NNS", "NNPS"):
        other = doc[noun.i + 2]
        if count_nouns.kind_of(other) in ("personnel", "people"):
            return other
    return noun
