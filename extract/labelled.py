"""Words given to a speaker by layout alone: "“…” — Ada Okoro", "Ada Okoro: “…”", and the lines of a transcript."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from spacy.tokens import Doc, Span, Token

from extract import lexicon
from extract.quotations import Quotation
from extract.sentences import Passage

Range = tuple[int, int]

_LABEL = re.compile(r"[\"“]?([A-Z][A-Z'’.-]+(?: [A-Z][A-Z'’.-]+){0,3}): +(?=\S)")
_DASH = re.compile(r"\s*(?:[-–—―]|--)\s*(?=\w)")
_LONGEST = 15
"""Most words of a name line under a quotation."""

_NAME = 5
"""Most words of a signature that consists of a name alone."""

_HEADLINE = 30
_SPEAKING = frozenset({"person", "body", "force"})
_POLLS = frozenset({"poll", "survey"})
"""What a headline names before a colon as its source; "Analysis:" only says what kind of text follows."""
_LABEL_WORDS = 5
_TOPICS = frozenset({"on", "at", "to"})
_FEWEST = 4
"""Fewest words that a headline without a verb gives to a person."""
_TRANSCRIPT = 3
"""Fewest labelled paragraphs that make a transcript: one line in capitals before a colon is a dateline."""


def is_transcript(passages: Sequence[Passage]) -> bool:
    """True when at least three paragraphs begin with a name in capitals and a colon."""
    return sum(_LABEL.match(passage.doc.text) is not None for passage in passages) >= _TRANSCRIPT


def transcript_line(text: str) -> tuple[Range, Range] | None:
    """Where the speaker's name and the words of one line of a transcript stand, None for any other paragraph."""
    match = _LABEL.match(text)
    return (match.span(1), (match.end(), len(text))) if match else None


def headline(doc: Doc, text: str, *, is_person: Callable[[Token], bool] | None = None) -> tuple[Token, Range] | None:
    """The speaker and the words of a headline "Kremlin: No talks are planned"; None for any other paragraph.

    The label is a name or a speaker's noun, alone or with what is spoken of ("Okoro on the dam: …"); what follows has a
    verb, and no stop ends it.

    :param is_person: given for the first paragraph of a report, which may end with a stop and do without a verb when a
        person or a poll speaks: with the name of a place it is a dateline.
    """
    ends = text[-1:] in '.!?”"…'
    if len(doc) > _HEADLINE or (ends and is_person is None) or text.count(":") != 1:
        return None
    colon = next((token.i for token in doc if token.text == ":"), None)
    label = _label(doc, colon) if colon and is_person is not None else doc[: colon or 0]
    if not colon or not 0 < len(label) <= _LABEL_WORDS:
        return None
    sure = is_person is not None and (is_person(label[-1]) or (len(label) == 1 and label[0].lemma_.lower() in _POLLS))
    said = doc[colon + 1 :]
    verbal = any(token.pos_ in {"VERB", "AUX"} for token in said) or (sure and len(said) >= _FEWEST)
    speaks = sure or (not ends and len(label) == colon and _may_speak(label))
    return (label[-1], (text.index(":") + 1, len(text))) if verbal and speaks else None


def _label(doc: Doc, colon: int) -> Span:
    """The name before the colon without what it speaks of or where: "[Okoro] on the dam", "[Berg] at the port"."""
    topic = next((token.i for token in doc[:colon] if token.lower_ in _TOPICS), colon)
    return doc[:topic] if colon - topic <= _LABEL_WORDS else doc[:colon]


def _may_speak(label: Span) -> bool:
    named = all(token.pos_ in {"PROPN", "NOUN", "ADJ", "DET"} for token in label)
    return named and (label[-1].ent_type_ in {"PERSON", "ORG"} or _speaks(label[-1]))


def _speaks(noun: Token) -> bool:
    row = lexicon.role(noun)
    return row is not None and row["class"] in _SPEAKING


def is_heading(text: str, quote: Quotation) -> bool:
    """True for a paragraph that is a title in quotation marks: a sub-heading, not more of a speech."""
    return quote.titled and not (text[: quote.start] + text[quote.end :]).strip()


def signature(doc: Doc, quote: Quotation) -> Token | None:
    """Who signs a quotation after a dash or introduces it by name and colon; None when nobody does, or with a verb."""
    before = [token for token in doc if token.idx < quote.start]
    after = [token for token in doc if token.idx >= quote.end]
    dash = _DASH.match(doc.text, quote.end)
    if dash and not before:
        line = [token for token in after if token.idx >= dash.end()]
        return _name(line) or _capitals(line)
    if before and before[-1].text == ":" and not any(token.is_alpha for token in after):
        return _name(before[:-1])
    return None


def _name(tokens: Sequence[Token]) -> Token | None:
    if not tokens or len(tokens) > _LONGEST or any(token.pos_ in {"VERB", "AUX"} for token in tokens):
        return None
    return next((token for token in tokens if token.ent_type_ in {"PERSON", "ORG"} and _last(token)), None)


def _capitals(tokens: Sequence[Token]) -> Token | None:
    """The last word of a line of capitalised words alone, which is a name whatever the recogniser makes of it."""
    words = [token for token in tokens if not token.is_punct]
    named = 0 < len(words) <= _NAME and all(token.text[0].isupper() for token in words)
    return words[-1] if named else None


def _last(token: Token) -> bool:
    """True for the last token of an entity."""
    return token.i + 1 == len(token.doc) or token.nbor().ent_iob_ != "I"
