"""Which cue a quotation belongs to: the reporting clause beside it, before or after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extract.cues import Cue, subject
from extract.quotations import Quotation

_REACH = 12
"""Words between a quotation and the cue of a reporting clause that follows it."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Quotations of one statement with their cue and the noun that speaks; a carried quotation has neither."""

    quotes: tuple[Quotation, ...]
    cue: Cue | None
    speaker: Token | None


def attribute(doc: Doc, quotes: Sequence[Quotation], cues: Sequence[Cue]) -> list[Quoted]:
    """Pair quotations that stand as sentences of their own with cues; those woven into a clause are left out."""
    found: list[Quoted] = []
    for at, quote in enumerate(quotes):
        left = quotes[at - 1].end if at else 0
        right = quotes[at + 1].start if at + 1 < len(quotes) else len(doc.text)
        cue = _after(doc, quote, right, cues) or _before(doc, quote, left, cues)
        if cue is not None:
            earlier = next((i for i, item in enumerate(found) if item.cue is cue), None)
            if earlier is None:
                found.append(Quoted((quote,), cue, _speaker(cue, quote)))
            else:
                found[earlier] = Quoted((*found[earlier].quotes, quote), cue, found[earlier].speaker)
        elif _stands_alone(doc.text, quote, left):
            if found and found[-1].quotes[-1] is quotes[at - 1] and _only_clause_between(doc, quotes[at - 1], quote):
                found[-1] = Quoted((*found[-1].quotes, quote), found[-1].cue, found[-1].speaker)
            elif len(quote.words(doc.text).split()) > 3:
                found.append(Quoted((quote,), None, None))
    return found


def _takes_quote(cue: Cue) -> bool:
    return cue.kind == "verb" and cue.takes("quote")


def _after(doc: Doc, quote: Quotation, limit: int, cues: Sequence[Cue]) -> Cue | None:
    """The cue of a reporting clause right after the quotation: "…," she said."""
    text = doc.text
    words = quote.words(text)
    following = text[quote.end : quote.end + 2].lstrip()
    if not quote.closed or not words or not (words[-1] in ",?!…—–" or following[:1] in {",", "—", "–"}):
        return None
    for cue in cues:
        if quote.end <= cue.start < limit and _takes_quote(cue):
            between = text[quote.end : cue.start]
            if any(stop in between for stop in (". ", "; ", ": ")) or len(between.split()) > _REACH:
                return None
            return cue
    return None


def _before(doc: Doc, quote: Quotation, limit: int, cues: Sequence[Cue]) -> Cue | None:
    """The cue of a reporting clause that runs up to the quotation: She said: "…"."""
    lead = doc.text[limit : quote.start].rstrip()
    words = quote.words(doc.text)
    if not words or not words[0].isupper() and words[0] not in "….[":
        return None
    best = None
    for cue in cues:
        if limit <= cue.start < quote.start and _takes_quote(cue):
            between = doc.text[cue.end : quote.start]
            if ". " not in between and (lead.endswith((":", ",")) or not between.strip()):
                best = cue
    return best


def _speaker(cue: Cue, quote: Quotation) -> Token | None:
    found = subject(cue.head)
    if found is not None and quote.covers(found.idx):
        found = None
    if found is None:
        found = next((c for c in cue.head.children if c.dep_ in {"dobj", "attr", "npadvmod"} and c.i > cue.head.i and
                      c.ent_type_ == "PERSON"), None)
    return found


def _stands_alone(text: str, quote: Quotation, left: int) -> bool:
    lead = text[:quote.start].rstrip()
    words = quote.words(text)
    return bool(words) and words[0].isupper() and (not lead or lead[-1] in ".!?”\"’")


def _only_clause_between(doc: Doc, first: Quotation, second: Quotation) -> bool:
    """True when nothing but one reporting clause, at most a sentence, parts two quotations."""
    between = doc.text[first.end : second.start].strip()
    return between.count(". ") == 0 and len(between.split()) <= 2 * _REACH
