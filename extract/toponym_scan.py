"""Candidate place names of a passage: what the gazetteer knows, what the entity recogniser calls a place, and what a
generic noun makes one ("Kosti district", "the village of Kosti").

A candidate is no mention yet: :mod:`extract.toponym_gate` decides. Spans are runs of tokens; hyphens and apostrophes
inside a name are taken in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from extract.actor_book import ActorBook
from extract.lexicon import by_word
from extract.model import NameFacts, PlaceNames

STRICT = frozenset({"in", "near", "into", "inside", "outside"})
"""Prepositions after which a capitalised name is hardly ever a person's."""
_TIMES = frozenset({"DATE", "TIME", "NORP", "LANGUAGE", "EVENT", "MONEY"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_LONGEST = 7
_JOINS = frozenset({"-", "–", "'", "’", "‘", "."})
_INNER = frozenset(
    {"of", "the", "de", "la", "el", "al", "le", "les", "du", "and", "i", "es", "ash", "ad", "as", "an", "bin"}
)
_PARTICLES = frozenset({"al", "el", "ad", "as", "ash", "an", "ar", "at", "az", "en", "ed", "es", "er", "d'", "l'"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible toponym. ``name`` is the look-up name, ``facts`` None when the gazetteer does not know it.

    ``generic`` is the common noun that says what it is ("district"), ``label`` the entity label over the whole of it,
    ``within`` the label of a longer entity that it is only a part of. Empty strings mean none. ``after`` is the candidate
    before it in a list ("in Kosti and Shade").
    """

    span: Span
    name: str
    facts: NameFacts | None
    generic: Token | None
    label: str
    within: str
    after: Candidate | None = None

    @property
    def start(self) -> int:
        """First token."""
        return self.span.start

    @property
    def end(self) -> int:
        """One past the last token."""
        return self.span.end


@lru_cache(maxsize=1)
def _heads() -> dict[str, str]:
    return {word: row["class"] for word, row in by_word("place_heads").items()}


def head_class(token: Token) -> str | None:
    """Class of a generic place noun ("province" -> "admin"), plurals too; None for other words."""
    heads = _heads()
    return heads.get(token.lower_) or heads.get(token.lemma_.lower())


def starts_name(token: Token) -> bool:
    """True for a capitalised word, or the article that opens a transliterated Arabic name ("al-Badri")."""
    if token.text[:1].isupper():
        return True
    return token.lower_ in _PARTICLES and token.i + 2 < len(token.doc) and token.nbor(1).text in _JOINS


def scan(doc: Doc, names: PlaceNames, book: ActorBook) -> list[Candidate]:
    """Candidates of a passage in text order, without overlaps: the longest that the gazetteer knows comes first.

    Seats of government and words of nationality that the gazetteer lacks come from the book of actors.
    """
    taken = [False] * len(doc)
    found: list[Candidate] = []
    for make in (_listed, _generic, _entities, _located):
        for span, facts, generic in make(doc, names):
            if not any(taken[span.start : span.end]):
                found.append(_candidate(span, facts, generic))
                taken[span.start : span.end] = [True] * len(span)
    for token in doc:
        if not taken[token.i] and token.text[:1].isupper() and (book.demonym(token.text) or book.is_seat(token.text)):
            found.append(_candidate(doc[token.i : token.i + 1], None, None))
    found += [_candidate(span, names.facts(span.text), None) for span in _list_members(doc, found, taken)]
    return _chained(sorted(found, key=lambda c: c.start))


def _list_members(doc: Doc, found: Sequence[Candidate], taken: Sequence[bool]) -> Iterator[Span]:
    """Names joined by "and" to a candidate that no source gave: "in Kosti and Shade"."""
    for candidate in found:
        start = candidate.end + 1
        if (
            start >= len(doc)
            or doc[start - 1].lower_ not in ("and", "or")
            or not starts_name(doc[start])
            or taken[start]
        ):
            continue
        end = start
        while (
            end < len(doc)
            and end - start < _LONGEST
            and not taken[end]
            and (starts_name(doc[end]) or doc[end].text == "-")
        ):
            end += 1
        span = doc[start:end]
        if any(t.pos_ == "PROPN" for t in span) and not any(t.ent_type_ in ("DATE", "TIME") for t in span):
            yield span


def _chained(found: Sequence[Candidate]) -> list[Candidate]:
    """Give each candidate the one it is joined to."""
    linked: list[Candidate] = []
    for candidate in found:
        before = linked[-1] if linked else None
        if before is not None and _are_listed(before, candidate):
            linked.append(replace(candidate, after=before))
        else:
            linked.append(candidate)
    return linked


def _are_listed(first: Candidate, second: Candidate) -> bool:
    between = [t.lower_ for t in second.span.doc[first.end : second.start]]
    if first.generic is not None and between and between[0] == first.generic.lower_:
        between = between[1:]
    joined = (
        bool(between)
        and set(between) <= {",", "and", "or", "the"}
        and ("," in between or "and" in between or "or" in between)
    )
    return joined and second.span.root.dep_ in ("conj", "appos") and second.span.sent == first.span.sent


def _candidate(span: Span, facts: NameFacts | None, generic: Token | None) -> Candidate:
    over = span.doc[span.start].ent_type_
    label = within = ""
    if over:
        entity = _entity_over(span)
        extra = [
            t for t in entity if not (span.start <= t.i < span.end) and t.pos_ not in ("DET", "PART", "PUNCT", "ADJ")
        ]
        extra = [t for t in extra if head_class(t) is None or t.ent_type_ == "ORG"]
        label, within = (over, "") if not extra else ("", over)
    return Candidate(span, _clean(span.text), facts, generic or _generic_about(span), label, within)


def _entity_over(span: Span) -> Span:
    doc = span.doc
    start, end = span.start, span.start + 1
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return doc[start:end]


def _clean(text: str) -> str:
    return " ".join(text.split())


def _listed(doc: Doc, names: PlaceNames) -> Iterator[tuple[Span, NameFacts | None, Token | None]]:
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
    return at > 1 and doc[at - 1].text in ("-", "‑", "’", "'") and doc[at - 2].lower_ in _PARTICLES


def _longest(doc: Doc, at: int, names: PlaceNames) -> tuple[Span, NameFacts] | None:
    for end in range(min(_reach(doc, at), len(doc)), at, -1):
        if not any(char.isalnum() for char in doc[end - 1].text):
            continue
        if doc[end - 1].lower_ in _INNER and end - at > 1 and not doc[end - 1].text[:1].isupper():
            continue
        span = doc[at:end]
        if len(span) == 1 and (head_class(span[0]) is not None or span[0].lower_ in _PARTICLES):
            return None
        facts = names.facts(span.text)
        if facts is not None:
            return span, facts
    return None


def _reach(doc: Doc, at: int) -> int:
    """One past the last token that a name beginning at ``at`` may hold."""
    end = at
    while end < len(doc) and end - at < _LONGEST:
        token = doc[end]
        if end > at and not (
            token.text[:1].isupper() or token.text in _JOINS or token.lower_ in _INNER or token.text.isdigit()
        ):
            break
        if end > at and token.is_sent_start and token.text[:1].isupper():
            break
        end += 1
    return end


def _generic_about(span: Span) -> Token | None:
    """The generic noun right after a name ("Idlib province"), or right before it ("the province of Idlib")."""
    doc = span.doc
    if span.end < len(doc) and head_class(doc[span.end]) is not None:
        return doc[span.end]
    if span.start > 1 and doc[span.start - 1].lower_ == "of" and head_class(doc[span.start - 2]) is not None:
        return doc[span.start - 2]
    return None


def _generic(doc: Doc, names: PlaceNames) -> Iterator[tuple[Span, NameFacts | None, Token | None]]:
    """Names that only a generic noun gives away: "Shade district", "the village of Shade"."""
    for token in doc:
        if head_class(token) is None:
            continue
        before = _capitals_before(doc, token.i)
        if before is not None and token.lemma_.lower() != "capital":
            yield doc[before.start : token.i + 1], None, token
            joined = before.start - 1
            if joined > 0 and doc[joined].lower_ == "and" and token.tag_ in ("NNS", "NNPS"):
                other = _capitals_before(doc, joined)
                if other is not None:
                    yield other, None, token
        after = _capitals_after(doc, token.i)
        if after is not None:
            yield after, None, token


def _capitals_before(doc: Doc, end: int) -> Span | None:
    start = end
    while (
        start > 0
        and end - start < _LONGEST
        and (
            doc[start - 1].text[:1].isupper()
            or doc[start - 1].text in ("-", "–", "’", "'")
            or doc[start - 1].lower_ in _PARTICLES
        )
    ):
        if doc[start - 1].pos_ in ("DET", "PRON", "ADP") or doc[start - 1].ent_type_ in ("NORP", "DATE"):
            break
        start -= 1
    span = doc[start:end]
    if not span or not any(t.pos_ == "PROPN" for t in span) or not starts_name(span[0]):
        return None
    if span[-1].ent_type_ in ("ORG", "PERSON") and head_class(doc[end]) not in ("part", "admin"):
        return None
    return span


def _capitals_after(doc: Doc, at: int) -> Span | None:
    if at + 2 >= len(doc) or doc[at + 1].lower_ != "of" or not starts_name(doc[at + 2]):
        return None
    end = at + 2
    while (
        end < len(doc)
        and end - at < _LONGEST
        and (doc[end].text[:1].isupper() or doc[end].text in ("-", "’", "'") or doc[end].lower_ in _PARTICLES)
    ):
        end += 1
    span = doc[at + 2 : end]
    return span if span and span[0].ent_type_ not in ("ORG", "NORP", "DATE", "PERSON") else None


def _located(doc: Doc, names: PlaceNames) -> Iterator[tuple[Span, NameFacts | None, Token | None]]:
    """Names that no source knows, after "in" or a direction: "in El Shade", "eastern Shade"."""
    for token in doc[:-1]:
        if token.lower_ not in STRICT and not _is_direction(token) and not is_such_as(token):
            continue
        start = token.i + (2 if doc[token.i + 1].lower_ == "the" and token.i + 2 < len(doc) else 1)
        end = start
        while (
            end < len(doc)
            and end - start < _LONGEST
            and (
                starts_name(doc[end])
                or doc[end].text in _JOINS
                and end + 1 < len(doc)
                and starts_name(doc[end + 1])
                and not doc[end].text == "."
            )
        ):
            end += 1
        span = doc[start:end]
        if (
            span
            and start == token.i + 1
            and any(t.pos_ == "PROPN" for t in span)
            and not any(t.ent_type_ in _TIMES for t in span)
        ):
            yield span, None, None


def is_such_as(token: Token) -> bool:
    """True for the "as" of "towns such as" and for the "including" of "villages including"."""
    if token.lower_ == "including":
        return token.i > 0 and any(head_class(t) for t in token.doc[max(0, token.i - 2) : token.i])
    return (
        token.lower_ == "as"
        and token.i > 1
        and token.nbor(-1).lower_ == "such"
        and head_class(token.nbor(-2)) is not None
    )


def _is_direction(token: Token) -> bool:
    row = by_word("directions").get(token.lower_)
    return row is not None and row["use"] != "noun"


def _entities(doc: Doc, names: PlaceNames) -> Iterator[tuple[Span, NameFacts | None, Token | None]]:
    for entity in doc.ents:
        if entity.label_ not in PLACE_LABELS:
            continue
        span = _trimmed(entity)
        if span is not None:
            yield span, names.facts(span.text), None


def _trimmed(entity: Span) -> Span | None:
    """An entity without articles, lower-case modifiers before it and a possessive after it."""
    start, end = entity.start, entity.end
    doc = entity.doc
    while (start < end and not starts_name(doc[start])) or (start < end and doc[start].lower_ == "the"):
        start += 1
    while end > start and (doc[end - 1].is_punct or doc[end - 1].tag_ == "POS" or doc[end - 1].text[:1].islower()):
        end -= 1
    return doc[start:end] if end > start else None
