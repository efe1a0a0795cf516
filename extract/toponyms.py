"""Place mentions of a report: names, demonyms and descriptions, each with how it is used.

Recall comes from three sources (:mod:`extract.toponym_scan`), precision from the gate (:mod:`extract.toponym_gate`);
metonymy, roles and descriptions have modules of their own. Within one report a name that is once undoubtedly a place
helps its other mentions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extract import metonymy, place_roles, toponym_gate
from extract.actors import ActorBook, ActorIndex
from extract.model import PlaceMention, PlaceNames, PlaceRole, in_text_order
from extract.sentences import Passage
from extract.toponym_scan import Candidate, scan

_SURE = 2.2
"""Score from which a mention vouches for the other mentions of its name."""


@dataclass(frozen=True, slots=True)
class Toponym:
    """A named mention with the tokens it stands on, for the modules that build on names."""

    passage: Passage
    candidate: Candidate
    mention: PlaceMention


def find_places(
    passages: Sequence[Passage], names: PlaceNames, book: ActorBook, actors: ActorIndex | None = None
) -> tuple[PlaceMention, ...]:
    """Every place mention of the body passages in text order, descriptive ones nested over the names they hold.

    :param names: the gazetteer, asked whether a name is a place and of what kind.
    :param actors: with it, "its" and "the country" resolve by coreference, and people's names are kept out.
    """
    named = find_toponyms(passages, names, book, actors)
    return in_text_order([toponym.mention for toponym in named])


def find_toponyms(
    passages: Sequence[Passage], names: PlaceNames, book: ActorBook, actors: ActorIndex | None = None
) -> tuple[Toponym, ...]:
    """The named mentions with their tokens, in text order."""
    body = [p for p in passages if p.kind == "body"]
    scanned = [(passage, candidate) for passage in body for candidate in scan(passage.doc, names)]
    people = _people(body, actors)
    sure = {c.name.lower() for _, c in scanned if toponym_gate.score(c, frozenset(), people) >= _SURE}
    found = []
    for passage, candidate in scanned:
        demonym = _demonym(candidate, book)
        if demonym is not None or toponym_gate.passes(candidate, sure, people):
            found.append(Toponym(passage, candidate, _mention(passage, candidate, demonym, book)))
    return tuple(found)


def _people(body: Sequence[Passage], actors: ActorIndex | None) -> frozenset[str]:
    """Lower-case words of the names of people, whole names and surnames."""
    found: Counter[str] = Counter()
    for passage in body:
        for entity in passage.doc.ents:
            if entity.label_ == "PERSON" and len(entity) > 1:
                found.update((entity.text.lower(), entity[-1].lower_))
    if actors is not None:
        for mention in actors.mentions:
            if any(actor.kind == "person" for actor in mention.actors):
                found[mention.span.text.lower()] += 1
    return frozenset(found)


def _demonym(candidate: Candidate, book: ActorBook) -> str | None:
    """The country that the candidate's words are the adjective or the people of; None when they are a name."""
    if candidate.facts is not None and "country" in candidate.facts.kinds and candidate.label != "NORP":
        return None
    return book.demonym(candidate.name)


def _mention(passage: Passage, candidate: Candidate, demonym: str | None, book: ActorBook) -> PlaceMention:
    kind = metonymy.kind_of(candidate, demonym=demonym is not None, seat=book.is_seat(candidate.name))
    return PlaceMention(
        span=passage.of(candidate.span),
        name=demonym or candidate.name,
        kind=kind,
        role=_role(passage, candidate),
    )


def _role(passage: Passage, candidate: Candidate) -> PlaceRole:
    ends = place_roles.dateline_end(passage.doc.text)
    if candidate.span.start_char < ends:
        return "dateline"
    return place_roles.role_of(candidate.span)
