"""Where candidate place names come from: the gazetteer, generic nouns, the entity recogniser, prepositions and lists.

Every source yields spans in text order, with the gazetteer's facts (None when it does not know the name) and the
generic noun that gives the name away, if any.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from extract.lexicon import words
from extract.model import NameFacts, PlaceNames
from extract.toponym_words import (
    JOINS,
    LONGEST,
    PARTICLES,
    PREFIXES,
    STRICT,
    end_of_name,
    head_class,
    is_direction,
    is_such_as,
    start_of_name,
    starts_name,
)

Found = tuple[Span, NameFacts | None, Token | None]

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_NO_PLACES = frozenset({"DATE", "TIME", "NORP", "LANGUAGE", "EVENT", "MONEY"})
_INNER = frozenset({
    "of", "the", "de", "la", "el", "al", "le", "les", "du", "and", "i", "es", "ash", "ad", "as", "an", "bin", ".",
    "au", "aux", "sur", "upon", "do", "da", "dos", "del", "y", "en", "di",
})  # fmt: skip


def listed(doc: Doc, names: PlaceNames) -> Iterator[Found]:
    """Longest names that the gazetteer knows, from the left."""
    at = 0
    while at < len(doc):
        found = _longest(doc, at, names) if starts_name(doc[at]) and not _follows_particle(doc, at) else None
        if found is None:
            at += 1
            continue
        yield (*found, None)
        at = found[0].end


def _follows_particle(doc: Doc, at: int) -> bool:
    """True inside a name such as "al-Badri", of which no part stands alone."""
    if at > 1 and doc[at - 1].text in JOINS and doc[at - 2].lower_ in PARTICLES:
        return True
    return at > 0 and doc[at - 1].lower_ in PREFIXES and doc[at - 1].text[:1].isupper()


def _longest(doc: Doc, at: int, names: PlaceNames) -> tuple[Span, NameFacts] | None:
    for end in range(_reach(doc, at), at, -1):
        last = doc[end - 1]
        if not any(char.isalnum() for char in last.text) or (end - at > 1 and last.text in _INNER):
            continue
        span = doc[at:end]
        if len(span) == 1 and (head_class(span[0]) is not None or span[0].lower_ in PARTICLES | words("never_places")):
            return None
        facts = names.facts(span.text)
        if facts is not None:
            return None if _opens_with_article(span, names) else (span, facts)
    return None


def _opens_with_article(span: Span, names: PlaceNames) -> bool:
    """ "The Norway-based group" at the start of a sentence speaks of Norway: its article is no part of the name."""
    opens = len(span) > 1 and span[0].text == "The" and bool(span[0].is_sent_start)
    return opens and names.facts(span[1:].text) is not None


def _reach(doc: Doc, at: int) -> int:
    """One past the last token that a name beginning at ``at`` may hold."""
    end = at + 1
    while end < len(doc) and end - at < LONGEST:
        token = doc[end]
        named = token.text[:1].isupper() or token.text in JOINS or token.lower_ in _INNER or token.text.isdigit()
        if not named or (token.is_sent_start and token.text[:1].isupper()):
            break
        end += 1
    return end


def by_generic(doc: Doc, names: PlaceNames) -> Iterator[Found]:
    """Names that a generic noun gives away: "Shade district", "the village of Shade"."""
    for token in doc:
        if head_class(token) is None:
            continue
        before = _before_generic(doc, token)
        if before is not None:
            yield doc[before.start : token.i + 1], names.facts(before.text), token
            yield from _joined_before(doc, before, token, names)
        after = _after_generic(doc, token.i)
        if after is not None:
            yield after, names.facts(after.text), token


def _before_generic(doc: Doc, generic: Token) -> Span | None:
    start = start_of_name(doc, generic.i)
    span = doc[start : generic.i]
    if generic.lemma_.lower() == "capital" or not _is_name(span):
        return None
    if span[-1].ent_type_ in ("ORG", "PERSON") and head_class(generic) not in ("part", "admin", "settlement"):
        return None
    return span


def _joined_before(doc: Doc, before: Span, generic: Token, names: PlaceNames) -> Iterator[Found]:
    """The first name of "Kosti and Shade districts"."""
    joined = before.start - 1
    if joined > 0 and doc[joined].lower_ == "and" and generic.tag_ in ("NNS", "NNPS"):
        other = doc[start_of_name(doc, joined) : joined]
        if _is_name(other):
            yield other, names.facts(other.text), generic


def _is_name(span: Span) -> bool:
    return bool(span) and any(t.pos_ == "PROPN" for t in span) and starts_name(span[0])


def _after_generic(doc: Doc, at: int) -> Span | None:
    if at + 2 >= len(doc) or doc[at + 1].lower_ != "of":
        return None
    span = doc[at + 2 : end_of_name(doc, at + 2)]
    return span if span and span[0].ent_type_ not in ("ORG", "NORP", "DATE", "PERSON") else None


def entities(doc: Doc, names: PlaceNames) -> Iterator[Found]:
    """What the entity recogniser calls a place."""
    for entity in doc.ents:
        span = _trimmed(entity) if entity.label_ in _PLACE_LABELS else None
        if span is not None:
            yield span, names.facts(span.text), None


def _trimmed(entity: Span) -> Span | None:
    """An entity without articles, lower-case modifiers before it and a possessive after it."""
    start, end, doc = entity.start, entity.end, entity.doc
    while start < end and (not starts_name(doc[start]) or doc[start].lower_ == "the"):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].tag_ == "POS" or doc[end - 1].text[:1].islower()):
        end -= 1
    return doc[start:end] if end > start else None


def located(doc: Doc, names: PlaceNames) -> Iterator[Found]:
    """Names that no other source knows, after "in" or a direction: "in El Shade", "eastern Shade"."""
    for token in doc[:-1]:
        if token.lower_ in STRICT or is_direction(token) or is_such_as(token):
            span = doc[token.i + 1 : end_of_name(doc, token.i + 1)]
            proper = all(t.pos_ in ("PROPN", "PUNCT", "X") or t.lower_ in PARTICLES for t in span)
            if proper and _is_name(span) and not any(t.ent_type_ in _NO_PLACES for t in span):
                yield span, names.facts(span.text), None


def joined(doc: Doc, ends: list[int], names: PlaceNames) -> Iterator[Found]:
    """Names joined by "and" to a candidate that ends at one of ``ends``: "in Kosti and Shade"."""
    for end in ends:
        if end + 1 < len(doc) and doc[end].lower_ in ("and", "or"):
            span = doc[end + 1 : end_of_name(doc, end + 1)]
            if _is_name(span) and not any(t.ent_type_ in ("DATE", "TIME") for t in span):
                yield span, names.facts(span.text), None
