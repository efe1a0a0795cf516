"""Company that a place name keeps in news: "Kosti and other towns", "a Kosti court", "12 Mill Road, Kosti"."""

from __future__ import annotations

from spacy.tokens import Span, Token

from extract.lexicon import by_word
from extract.toponym_words import head_class

_EXPLAINED = 4
"""Words after "and other" or ", a" among which the noun that explains a name stands."""
_EXPLAINING = frozenset({"settlement", "admin", "part", "area", "water", "relief"})
_BESIDE = 6
"""Words beside a saint's name among which the generic noun of a building stands."""
_PARTIES = frozenset({"R", "D", "I", "DFL", "Ind", "Lab", "Con"})
_ROADS = frozenset({
    "street", "st.", "st", "avenue", "ave.", "ave", "road", "rd.", "rd", "drive", "dr.", "lane", "ln.", "boulevard",
    "blvd.", "court", "highway", "way",
})  # fmt: skip


def says_place(span: Span) -> bool:
    """True when the words right before or after a name say that it is a place."""
    return _is_origin(span) or _is_home(span) or _ends_address(span) or is_part(span)


def is_building(span: Span) -> bool:
    """ "The church of St. Peter and St. Paul": a saint's name beside a generic noun is a building's, not a town's."""
    if span[0].lower_ not in ("st", "st.", "saint", "saints"):
        return False
    doc = span.doc
    return any(head_class(token) == "facility" for token in doc[max(0, span.start - _BESIDE) : span.end + _BESIDE])


def is_part(span: Span) -> bool:
    """ "Kosti's Shade district": a part of the place that owns it."""
    doc, end = span.doc, span.end
    generic = doc[end] if end < len(doc) else None
    part = generic is not None and head_class(generic) in ("admin", "part")
    return part and span.start > 1 and doc[span.start - 1].tag_ == "POS"


def is_explained(span: Span) -> bool:
    """ "Kosti and other towns", "Kosti, a village near Shade": the words after it say what it is."""
    doc, at = span.doc, span.end
    after = [token.lower_ for token in doc[at : at + 2]]
    if after not in (["and", "other"], [",", "a"], [",", "an"], [",", "the"]):
        return False
    noun = next((token for token in doc[at + 2 : at + 2 + _EXPLAINED] if token.pos_ in ("NOUN", "PUNCT")), None)
    return noun is not None and head_class(noun) in _EXPLAINING


def _is_origin(span: Span) -> bool:
    """ "A Kosti court", "Kosti police": where a body, an official or people belong."""
    after = span.doc[span.end] if span.end < len(span.doc) else None
    if after is None or not after.is_lower or span[0].ent_type_ == "NORP":
        return False
    row = by_word("roles").get(after.lower_) or by_word("roles").get(after.lemma_.lower())
    return row is not None and row["class"] in ("person", "body", "force", "people")


def _is_home(span: Span) -> bool:
    """ "Ada Okoro of Kosti", "Rep. Ada Okoro, D-Kosti"."""
    doc, start = span.doc, span.start
    if start < 2:
        return False
    before, further = doc[start - 1], doc[start - 2]
    if before.lower_ == "of":
        return further.ent_type_ == "PERSON"
    return before.text == "-" and further.text in _PARTIES


def _ends_address(span: Span) -> bool:
    """ "12 Mill Road, Kosti": a name after a road and a comma."""
    doc, start = span.doc, span.start
    return start > 1 and doc[start - 1].text == "," and _is_road(doc[start - 2])


def _is_road(token: Token) -> bool:
    road = token.nbor(-1) if token.text == "." and token.i else token
    return road.lower_ in _ROADS and road.text[:1].isupper()
