"""Which cue a quotation belongs to: the reporting clause beside it, before or after."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from extract import phrases
from extract.arguments import UNNAMED, is_infinitive
from extract.cues import Cue, is_cue_verb
from extract.quotations import Quotation
from extract.subjects import subject

_REACH = 30
"""Most words of a reporting clause: "said Rev. Okoro, who has led the parish since …" may be long, a page is not."""

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_STOPS = frozenset({".", "!", "?", ";", ":"})
_ENDS = ",?!…—–"
_CLOSERS = ".,;!?\"”’' "
_SENTENCES = re.compile(r"\w{3}[.!?] [A-Z]")
"""A stop between two sentences of one quotation; what follows an initial is no sentence."""

_BARE = 4
"""Fewest words of a quotation that may stand without a cue of its own; shorter ones are titles and scare quotes."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Quotations of one statement with their cue and the noun that speaks; a carried quotation has neither.

    ``lead`` is the character offset where words that belong to the first quotation begin before it: "Its new port
    “is a mistake,” she said"; None when the quotation stands as a sentence.
    """

    quotes: tuple[Quotation, ...]
    cue: Cue | None
    speaker: Token | None
    lead: int | None = None


def attribute(doc: Doc, quotes: Sequence[Quotation], cues: Sequence[Cue]) -> list[Quoted]:
    """Pair quotations that stand as sentences of their own with cues; those woven into a clause are left out."""
    found: list[Quoted] = []
    text = doc.text
    for at, quote in enumerate(quotes):
        before = _between(doc, quotes[at - 1].end if at else 0, quote.start)
        after = _between(doc, quote.end, quotes[at + 1].start if at + 1 < len(quotes) else len(text))
        near = found[-1] if found and at and found[-1].quotes[-1] is quotes[at - 1] else None
        introduced = bool(before) and before[-1].text == ":"
        pair = (_cue_before(quote, before, cues, near), _cue_after(quote, before, after, cues))
        cue = (pair[0] or pair[1]) if introduced else (pair[1] or pair[0])
        if cue is not None and (near is None or near.cue is not cue):
            lead = _lead(quote, before) if cue.start >= quote.end else None
            found.append(Quoted((quote,), cue, _speaker(cue, quote, before, after), lead))
        elif _woven(text, quote):
            continue
        elif near is not None and (cue is not None or _continues(quote, before, near, cues)):
            found[-1] = Quoted((*near.quotes, quote), near.cue, near.speaker, near.lead)
        elif cue is None and _stands_alone(text, quote):
            found.append(Quoted((quote,), None, None))
    return found


def ends_paragraph(text: str, item: Quoted) -> bool:
    """True when nothing but a reporting clause follows a quotation in its paragraph ``text``."""
    rest = text[item.quotes[-1].end :].strip()
    if item.cue is None or item.cue.start < item.quotes[-1].end:
        return not rest.strip(_CLOSERS)
    return not any(stop in rest.rstrip(_CLOSERS) for stop in (". ", "! ", "? "))


def _between(doc: Doc, start: int, end: int) -> list[Token]:
    span = doc.char_span(start, end, alignment_mode="contract") if start < end else None
    return [token for token in span if not token.is_space] if span is not None else []


def _lead(quote: Quotation, before: Sequence[Token]) -> int | None:
    """Where the clause begins that runs into a quotation in lower case; None for a quoted sentence."""
    if not quote.words[:1].islower() or not before:
        return None
    stop = max((at for at, token in enumerate(before) if token.text in _STOPS), default=-1)
    own = before[stop + 1 :]
    return own[0].idx if own and not any(is_cue_verb(token) for token in own) else None


def _listed(tokens: Sequence[Token], cues: Sequence[Cue]) -> list[Cue]:
    """Cues among some words that may introduce a quotation."""
    at = {token.i for token in tokens}
    listed = [cue for cue in cues if cue.head.i in at and cue.kind == "verb" and cue.takes("quote")]
    return [cue for cue in listed if not any(c.lemma_ in UNNAMED and is_infinitive(c) for c in cue.head.children)]


def _cue_after(quote: Quotation, before: Sequence[Token], after: Sequence[Token], cues: Sequence[Cue]) -> Cue | None:
    """The cue of a reporting clause right after the quotation: "…," she said."""
    words = quote.words.rstrip(" '’\"”")
    if not quote.closed or not words or not after:
        return None
    named = (bool(before) and before[-1].pos_ in {"ADP", "PART"}) or quote.titled
    if words[-1] not in _ENDS and after[0].text not in {",", "—", "–"}:
        return None
    clause = _until_stop(after[1:] if after[0].is_punct else after)[:_REACH]
    for cue in _listed(clause, cues):
        lead = [token for token in clause if token.i < cue.head.i]
        return cue if _only_a_subject(cue, lead) and not _has_own_words(cue, named=named) else None
    return None


def _has_own_words(cue: Cue, *, named: bool) -> bool:
    """True when a clause of its own follows the cue, so that it needs no quotation.

    :param named: True when the quotation follows a preposition and so may be the title of a thing: "on “Harbour
        Sunday,” the mayor said the port was safe"; a clause without "that" is enough then.
    """
    own = [child for child in cue.head.children if child.i > cue.head.i]
    if named and any(child.dep_ in {"ccomp", "xcomp", "dobj"} for child in own):
        return True
    return any(child.dep_ == "ccomp" and any(c.dep_ == "mark" for c in child.children) for child in own)


def _only_a_subject(cue: Cue, before: Sequence[Token]) -> bool:
    """True when nothing but the subject and its clauses stands between a quotation and the cue."""
    speaker = subject(cue.head)
    if speaker is not None and before and speaker.i in {token.i for token in before}:
        return not any(token.tag_ in _FINITE and token.i < speaker.left_edge.i for token in before)
    if any(token.pos_ in {"SCONJ", "CCONJ"} for token in before[:1]):
        return False
    return len(before) <= 6 or (
        before[0].pos_ == "PROPN" and not any(token.pos_ in {"VERB", "AUX"} for token in before)
    )


def _until_stop(tokens: Sequence[Token]) -> list[Token]:
    end = next((at for at, token in enumerate(tokens) if token.text in _STOPS), len(tokens))
    return list(tokens[:end])


def _cue_before(quote: Quotation, before: Sequence[Token], cues: Sequence[Cue], near: Quoted | None) -> Cue | None:
    """The cue of a reporting clause that runs up to the quotation: She said: "…"."""
    words = quote.words
    if not words or not before:
        return None
    lead, close = before[-1].text, before[:-1] if before[-1].is_punct else before
    stop = max((at for at, token in enumerate(close) if token.text in _STOPS), default=-1)
    listed = _listed(close[stop + 1 :][-_REACH:], cues)
    if not listed:
        return None
    cue = listed[-1]
    goes_on = near is not None and near.cue is cue and _interrupts(cue, close)
    starts = words[0].isupper() or words[0] in "….[("
    if lead == ":" or (lead in {",", "—", "–"} and (starts or goes_on)):
        return cue
    return cue if starts and cue.head.i == before[-1].i and not cue.takes("obj") else None


def _interrupts(cue: Cue, close: Sequence[Token]) -> bool:
    """True when the reporting clause is short enough to stand inside one quotation: "…," he said, "…"."""
    return sum(token.i > cue.head.i for token in close) <= 6 and len(close) <= _REACH


def _speaker(cue: Cue, quote: Quotation, before: Sequence[Token], after: Sequence[Token]) -> Token | None:
    found = subject(cue.head)
    if found is not None and not quote.covers(found.idx):
        return found
    clause = _until_stop(after if cue.start >= quote.end else before)
    name = _name_with_apposition(clause, cue)
    return name or nearest_noun(cue.head, [token for token in clause if token.i != cue.head.i])


def _name_with_apposition(clause: Sequence[Token], cue: Cue) -> Token | None:
    """The name before a comma that opens a reporting clause: "[Berg], an envoy to the port, said"."""
    comma = next((at for at, token in enumerate(clause) if token.text == ","), 0)
    named = clause[:comma]
    own = bool(named) and clause[-1].i >= cue.head.i > named[-1].i + 1
    return named[-1] if own and all(token.pos_ == "PROPN" for token in named) else None


def nearest_noun(verb: Token, clause: Sequence[Token]) -> Token | None:
    """The head of the noun phrase beside a verb that the parser gave no subject: first before it, then after it."""
    wanted = {"PROPN", "NOUN", "PRON"}
    left = [token for token in clause if token.i < verb.i and token.pos_ in wanted]
    right = [token for token in clause if verb.i < token.i <= verb.i + _BARE and token.pos_ in wanted]
    near = left[-1:] if left and verb.i - left[-1].i <= _BARE else right[:1]
    if not near:
        return None
    token = near[0]
    while token.dep_ in {"compound", "nmod", "amod"} and token.head.pos_ in wanted:
        token = token.head
    return token if phrases.nominal(token) else None


def _continues(quote: Quotation, before: Sequence[Token], near: Quoted, cues: Sequence[Cue]) -> bool:
    """True when nothing but the reporting clause of the quotation before parts the two: "…," he said. "…".

    A quotation in lower case that a second cue leads up to is what that reports: "…," he said, adding that it was "…".
    """
    if near.cue is None or (quote.words[:1].islower() and _led_by_another(before, near.cue, cues)):
        return False
    stops = sum(token.text in _STOPS for token in before)
    if before and before[-1].text in _STOPS:
        stops -= 1
    own = near.cue.head.i in {token.i for token in before}
    return stops <= 0 and own and len(before) <= _REACH and quote.words[:1] != ""


def _led_by_another(before: Sequence[Token], own: Cue, cues: Sequence[Cue]) -> bool:
    at = {token.i for token in before}
    return any(cue.head.i in at and cue.head.i > own.head.i and cue.takes("that") for cue in cues)


def _woven(text: str, quote: Quotation) -> bool:
    """True for a quotation without a stop that the reporter's sentence goes on from: "“The dam” of the valley …"."""
    after = text[quote.end :].lstrip(" ")
    several = _SENTENCES.search(quote.words) is not None
    return quote.closed and quote.words[-1:].isalnum() and after[:1].islower() and not several


def _stands_alone(text: str, quote: Quotation) -> bool:
    """True for a whole quoted sentence that nothing introduces."""
    lead = text[: quote.start].rstrip()
    words = quote.words
    whole = words[:1].isupper() and (not lead or lead[-1] in '.!?”"’')
    return whole and quote.length >= _BARE


def close_open(doc: Doc, quotes: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """End a quotation that was never closed before the first sentence that is the reporter's own.

    That is a sentence with "according to", or with a cue verb whose subject is a name or a noun with an article.
    """
    return tuple(quote if quote.closed else _closed(doc, quote) for quote in quotes)


def _closed(doc: Doc, quote: Quotation) -> Quotation:
    for sent in doc.sents:
        if sent.start_char > quote.start and sent.end_char <= quote.end and _reporters_own(sent):
            end = doc[sent.start - 1].idx + len(doc[sent.start - 1].text)
            return quote.cut(end)
    return quote


def _reporters_own(sent: Span) -> bool:
    for token in sent:
        if token.lower_ == "according" and token.i + 1 < sent.end and sent.doc[token.i + 1].lower_ == "to":
            return True
        if is_cue_verb(token) and token.tag_ in {"VBD", "VBZ"}:
            speaker = subject(token)
            if speaker is not None and speaker.sent == sent and speaker.ent_type_ in {"PERSON", "ORG"}:
                return True
    return False
