"""Place mentions of a report: names, demonyms and descriptions, each with how it is used.

Recall comes from three sources (:mod:`extract.toponym_scan`), precision from the gate (:mod:`extract.toponym_gate`);
metonymy, roles and descriptions have modules of their own. Within one report a name that is once undoubtedly a place
helps its other mentions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract import metonymy, place_roles, toponym_company
from extract.actors import ActorBook, ActorIndex
from extract.covering import Spans
from extract.datelines import after_dateline
from extract.descriptions import find_descriptions
from extract.focus import Focus
from extract.lexicon import by_word
from extract.model import PlaceMention, PlaceNames, PlaceRole, Region, in_text_order
from extract.sentences import Passage
from extract.toponym_gate import Evidence, follows_in
from extract.toponym_record import Toponym
from extract.toponym_scan import Candidate, scan
from extract.toponym_words import STRICT, head_class, is_such_as

_BACK = 40
_DATELINE = 30
_BESIDE = 4
_UNITS = frozenset({"admin1", "admin2"})
_PROVINCES = ("province", "governorate", "region", "oblast")
"""Words for the largest units of a country that reports use for one another."""
_LANDS = frozenset({"country", "region", "admin1"})
"""Kinds of places that are places even when a body is called the same: the European Union, a breakaway republic."""
_OUTSIDE = frozenset({"distance", "bank"})
_SURE = 1.8
"""Score from which a mention vouches for the other mentions of its name."""


def find_places(
    passages: Sequence[Passage], names: PlaceNames, book: ActorBook, actors: ActorIndex | None = None
) -> tuple[PlaceMention, ...]:
    """Every place mention of the body passages in text order, descriptive ones nested over the names they hold.

    :param names: the gazetteer, asked whether a name is a place and of what kind.
    :param actors: with it, "its" and "the country" resolve by coreference, and people's names are kept out.
    """
    named = find_toponyms(passages, names, book, actors)
    described = find_descriptions(passages, named, Focus(named, names, actors))
    whole = Spans(d.span for d in described if d.named)
    kept = [toponym.mention for toponym in named if not whole.hold(toponym.mention.span)]
    return in_text_order([*_with_anchor_roles(kept, described), *described])


def _with_anchor_roles(named: Sequence[PlaceMention], described: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    """Names that only say what another place is near ("30 km north of Kosti") are background themselves."""
    outside = Spans(d.span for d in described if d.region is not None and d.region.relation in _OUTSIDE)
    for mention in named:
        anchors = mention.role == "event" and outside.hold(mention.span)
        yield replace(mention, role="background") if anchors else mention


def find_toponyms(
    passages: Sequence[Passage], names: PlaceNames, book: ActorBook, actors: ActorIndex | None = None
) -> tuple[Toponym, ...]:
    """The named mentions with their tokens, in text order."""
    body = [p for p in passages if p.kind == "body"]
    scanned = [(passage, c, Evidence(c)) for passage in body for c in scan(passage.doc, names, book)]
    people = _people(body, actors) - {c.name.lower() for _, c, _ in scanned if follows_in(c)}
    sure = {c.name.lower() for _, c, evidence in scanned if evidence.score(frozenset(), people) >= _SURE}
    found = []
    for passage, candidate, evidence in scanned:
        demonym = _demonym(candidate, book)
        if demonym is None and _is_body(candidate, book):
            continue
        if demonym is not None or _is_known(passage, candidate, book) or evidence.passes(sure, people):
            mention = _mention(passage, candidate, demonym, book)
            unit = _unit_name(candidate, names) if demonym is None else None
            found.append(Toponym(passage, candidate, replace(mention, name=unit) if unit else mention))
    return tuple(_with_anchors(found))


def _is_known(passage: Passage, candidate: Candidate, book: ActorBook) -> bool:
    """Seats of government, unions of states and the names of a dateline need no more evidence."""
    if candidate.facts is not None and _in_dateline(passage, candidate):
        return True
    entry = book.find(candidate.name)
    if entry is not None and entry.actor.kind == "organisation":
        return candidate.facts is not None and "region" in candidate.facts.kinds and not candidate.within
    ambiguous = candidate.facts is not None and candidate.facts.ambiguous_word
    return book.is_seat(candidate.name) and not candidate.within and not ambiguous


def _in_dateline(passage: Passage, candidate: Candidate) -> bool:
    return candidate.start < _DATELINE and bool(candidate.span.start_char < after_dateline(passage.doc))


def _with_anchors(found: Sequence[Toponym]) -> Iterator[Toponym]:
    """Names that no gazetteer has, saints' buildings and parts of a city lie somewhere in the known place beside them:
    the region says in which.
    """
    for at, toponym in enumerate(found):
        if toponym.mention.kind != "literal" or not _lies_in(toponym) or toponym.mention.region is not None:
            yield toponym
            continue
        anchor = _anchor(found, at)
        region = Region("area", (anchor.mention.name,)) if anchor is not None else None
        yield replace(toponym, mention=replace(toponym.mention, region=region))


def _lies_in(toponym: Toponym) -> bool:
    """True for a name that only the known place beside it can locate."""
    span = toponym.candidate.span
    return toponym.candidate.facts is None or toponym_company.is_building(span) or toponym_company.is_part(span)


def _anchor(found: Sequence[Toponym], at: int) -> Toponym | None:
    """The known place right after an unknown name ("Shade, Kosti"; "Shade in Kosti"), else the last one before it."""
    own = found[at].candidate
    following = found[at + 1] if at + 1 < len(found) else None
    if following is not None and _is_local(following) and following.candidate.span.doc is own.span.doc:
        between = own.span.doc[own.end : following.candidate.start]
        if len(between) <= _BESIDE and any(t.lower_ in ("in", "of", ",") for t in between):
            return following
    return next((found[i] for i in range(at - 1, max(-1, at - _BACK), -1) if _is_local(found[i])), None)


def _is_local(toponym: Toponym) -> bool:
    facts = toponym.candidate.facts
    if facts is None or toponym.mention.kind != "literal" or toponym_company.is_building(toponym.candidate.span):
        return False
    return "country" not in facts.kinds and bool(facts.kinds & {"admin1", "admin2", "city", "town", "region"})


def _people(body: Sequence[Passage], actors: ActorIndex | None) -> frozenset[str]:
    """Lower-case names and surnames of people; a name that also follows "in" is no person's."""
    people: set[str] = set()
    located: set[str] = set()
    for passage in body:
        for entity in passage.doc.ents:
            if entity.label_ == "PERSON" and " " in entity.text:
                before = passage.doc[entity.start - 1] if entity.start else None
                after_in = before is not None and (before.lower_ in STRICT or is_such_as(before))
                (located if after_in else people).update(_name_and_surname(entity.text))
    for mention in actors.mentions if actors is not None else ():
        for actor in mention.actors:
            if actor.kind == "person" and " " in actor.name and actor.name[:1].isupper():
                people.update((mention.span.text.lower(), *_name_and_surname(actor.name)))
    return frozenset(people - located)


def _name_and_surname(name: str) -> tuple[str, str]:
    return name.lower(), name.lower().split()[-1]


def _demonym(candidate: Candidate, book: ActorBook) -> str | None:
    """The country that the candidate's words are the adjective or the people of; None when they are a name ("US")."""
    if candidate.facts is not None and "country" in candidate.facts.kinds and candidate.label != "NORP":
        return None
    abbreviated = candidate.facts is not None and candidate.name.replace(".", "").isupper()
    return None if abbreviated else book.demonym(candidate.name)


def _is_body(candidate: Candidate, book: ActorBook) -> bool:
    """True for the name of an organisation or armed group, by the book or by its last word ("… Council")."""
    if candidate.facts is not None and candidate.facts.kinds & _LANDS:
        return False
    if book.is_seat(candidate.name):
        return False
    entry = book.find(candidate.name)
    if entry is not None and entry.actor.kind in ("organisation", "armed group"):
        return True
    last = by_word("roles").get(candidate.span[-1].lower_)
    return candidate.facts is None and last is not None and last["class"] in ("body", "force", "media")


def _mention(passage: Passage, candidate: Candidate, demonym: str | None, book: ActorBook) -> PlaceMention:
    entry = book.find(candidate.name)
    acts = book.is_seat(candidate.name) or (entry is not None and entry.actor.kind != "person")
    kind = metonymy.kind_of(candidate, demonym=demonym is not None, seat=acts)
    body = entry.actor.name if entry is not None and entry.actor.kind == "organisation" else None
    return PlaceMention(
        span=passage.of(candidate.span),
        name=demonym or body or candidate.name,
        kind="actor" if body and kind == "attributive" else kind,
        role=_role(passage, candidate),
    )


def _unit_name(candidate: Candidate, names: PlaceNames) -> str | None:
    """ "Kosti province" where a unit is so called: the province is meant, not its town; None for other names."""
    generic = candidate.generic
    if generic is None or generic.i != candidate.end or head_class(generic) != "admin":
        return None
    own = generic.lemma_.lower()
    for word in (own, *(_PROVINCES if own in _PROVINCES else ())):
        facts = names.facts(f"{candidate.name} {word}")
        if facts is not None and facts.kinds & _UNITS:
            return f"{candidate.name} {word}"
    return None


def _role(passage: Passage, candidate: Candidate) -> PlaceRole:
    return "dateline" if _in_dateline(passage, candidate) else place_roles.role_of(candidate.span)
