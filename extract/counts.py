"""Numbers of people and materiel as claims: interval, kind, owner, place and who gives the number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from spacy.tokens import Token

from extract import count_nouns
from extract.actors import ActorIndex
from extract.claimants import claimant_of
from extract.count_candidates import Candidate, candidates, quantity_kinds
from extract.count_owners import owner_of
from extract.count_places import Whereabouts
from extract.model import Count, CountKind, PlaceMention, Span, Statement, in_text_order
from extract.sentences import Passage

_KIND_OF_CLASS: dict[str, CountKind] = {"people": "other", "facility": "other", "thing": "other"}
_UNMOVED = frozenset({"unit", "equipment", "attack", "facility", "thing"})


def find_counts(
    passages: Sequence[Passage],
    statements: Sequence[Statement],
    places: Sequence[PlaceMention],
    actors: ActorIndex,
    *,
    home: str | None = None,
) -> tuple[Count, ...]:
    """Every count of the body passages in text order.

    :param statements: who says what; a count inside one has its speaker as claimant.
    :param places: place mentions of the report.
    :param home: the country in which the report takes place; soldiers and policemen without an owner are its own.
    """
    where = Whereabouts(places)
    found: list[Count] = []
    for passage in passages:
        if passage.kind != "body":
            continue
        before: tuple[Candidate, Count] | None = None
        for candidate in candidates(passage):
            count = _count(candidate, before, statements, where, actors, home)
            before = candidate, count
            found.append(count)
    return in_text_order(found)


def _count(
    candidate: Candidate,
    before: tuple[Candidate, Count] | None,
    statements: Sequence[Statement],
    where: Whereabouts,
    actors: ActorIndex,
    home: str | None,
) -> Count:
    numeral, passage = candidate.numeral, candidate.passage
    number = passage.span(numeral.start, numeral.end)
    unit_head = _unit_head(candidate)
    noun_kind = count_nouns.kind_of(unit_head) if unit_head is not None else None
    owner = owner_of(candidate, noun_kind or "people", actors, home)
    claimant = claimant_of(candidate, number, statements, actors)
    return Count(
        span=_span(candidate),
        number=number,
        low=numeral.low,
        high=numeral.high,
        modifier=numeral.modifier,
        unit=_unit(unit_head) if unit_head is not None else None,
        kind=_kind(candidate, noun_kind, before[1] if before else None),
        whose=owner.name if owner else None,
        whose_text=owner.words.text if owner and owner.words else None,
        places=where.of(candidate),
        claimant=claimant.name,
        claimant_text=claimant.words.text if claimant.words else None,
        claimant_side=claimant.side,
        approx=numeral.approx,
        low_open=numeral.low_open,
        high_open=numeral.high_open,
    )


def _unit_head(candidate: Candidate) -> Token | None:
    """The noun counted; for "the number of fighters" the fighters."""
    if candidate.noun is not None or candidate.stand_in is None:
        return candidate.noun
    stand_in = candidate.stand_in
    for child in stand_in.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return stand_in if count_nouns.kind_of(stand_in) is not None else None


def _kind(candidate: Candidate, noun_kind: str | None, before: Count | None) -> CountKind:
    if noun_kind in _UNMOVED:
        return _KIND_OF_CLASS.get(noun_kind, cast(CountKind, noun_kind))
    said = _said(candidate)
    if said is None and candidate.stand_in is not None:
        said = quantity_kinds().get(candidate.stand_in.lemma_.lower()) or None
        if said == "killed" and candidate.stand_in.nbor(-1).lower_ in ("casualty", "casualties"):
            said = "killed_or_wounded"
    if said is not None and not (said == "displaced" and noun_kind == "personnel"):
        return cast(CountKind, said)
    if noun_kind is None:
        return before.kind if before is not None and candidate.noun is None else "other"
    return _KIND_OF_CLASS.get(noun_kind, cast(CountKind, noun_kind))


def _said(candidate: Candidate) -> str | None:
    found = [kind for kind in candidate.fates if kind not in ("hit", "taken")]
    if ("killed" in found and "wounded" in found) or "killed_or_wounded" in found:
        return "killed_or_wounded"
    return found[0] if found else None


def _span(candidate: Candidate) -> Span:
    """The number with its modifier and the head of its noun phrase."""
    numeral, doc = candidate.numeral, candidate.passage.doc
    end = numeral.outer_end
    if candidate.noun is not None and candidate.noun.i >= candidate.number.end - 1:
        last = _joined_noun(candidate.noun)
        end = max(end, last.idx + len(last))
    return candidate.passage.span(numeral.outer_start, min(end, len(doc.text)))


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
    """The last noun of "advisers and instructors": joined with no numeral or article of its own."""
    doc = noun.doc
    if noun.i + 2 < len(doc) and doc[noun.i + 1].lower_ == "and" and doc[noun.i + 2].tag_ in ("NNS", "NNPS"):
        other = doc[noun.i + 2]
        if count_nouns.kind_of(other) in ("personnel", "people"):
            return other
    return noun
