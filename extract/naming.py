"""What something is called, and what it is said to be like: "called the talks a sham", "described the port as safe"."""

from __future__ import annotations

from spacy.tokens import Token

from extract.arguments import object_noun, passive_subject
from extract.complements import with_tail
from extract.content_spans import Content, made, subtree
from extract.cues import Cue
from extract.subjects import agent

_NAMING = frozenset({"brand", "call", "dub", "label", "term"})
"""Verbs of which the parser makes two objects of what is named and its name."""
_BEFORE_NAME = 8
"""Most words of what is called something."""


def as_content(cue: Cue) -> Content | None:
    """An object and what it is described as."""
    words = {"as"} if cue.takes("as") else {name[:-1] for name in cue.frames if name.endswith("&")}
    link = next((c for c in cue.head.children if c.dep_ == "prep" and c.lower_ in words), None)
    thing = object_noun(cue.head) or passive_subject(cue)
    if link is None or thing is None or (cue.passive and agent(cue.head) is None):
        return None
    if thing.i < cue.head.i:
        named = with_tail(cue, [t for t in subtree(link, set()) if t != link])
        whole = [thing, *named] if thing.tag_ in {"WDT", "WP"} else named  # "[what] they see as [a sham]"
        return made(cue, "as", whole, link)
    return made(cue, "as", subtree(thing, set()) + with_tail(cue, subtree(link, set())), link)


def called_content(cue: Cue) -> Content | None:
    """An object and what it is called: "called the talks a sham"."""
    named = next((c for c in cue.head.children if c.dep_ == "oprd" and c.i > cue.head.i), None)
    if named is None:
        named = next(
            (c for c in cue.head.children if c.dep_ in {"ccomp", "xcomp"} and c.i > cue.head.i and c.pos_ != "VERB"),
            None,
        )
    if named is None and cue.head.lemma_.lower() in _NAMING:
        named = next((c for c in cue.head.children if c.dep_ == "dobj" and c != object_noun(cue.head)), None)
    quoted = _called_in_quotes(cue)
    if quoted is not None and (named is None or named not in quoted):
        return made(cue, "oprd", with_tail(cue, quoted), None)
    if named is None:
        return None
    # Of "called the build-up “unjustified”" the parser may make two names: the first is then what is called so.
    others = [c for c in cue.head.children if c.dep_ == "oprd" and c.i > named.i and _new_name(c)]
    thing = object_noun(cue.head) or passive_subject(cue)
    parts = [named, *others, *([thing] if thing is not None else [])]
    tokens = sorted({t for part in parts for t in subtree(part, set())}, key=lambda t: t.i)
    return made(cue, "oprd", with_tail(cue, _marks_between(tokens)), named) if len(tokens) > 1 else None


def _called_in_quotes(cue: Cue) -> list[Token] | None:
    """A short noun phrase and the quotation right after it: "called [the port “a trap”]"; None for other words."""
    doc, start = cue.head.doc, cue.tokens[-1].i + 1
    opens = next((t for t in doc[start : start + _BEFORE_NAME] if t.tag_ == "``"), None)
    if opens is None or opens.i <= start or cue.head.lemma_.lower() not in _NAMING:
        return None
    before = doc[start : opens.i]
    if any(t.pos_ in {"VERB", "AUX", "ADP", "PUNCT"} for t in before) or before[-1].pos_ not in {
        "NOUN",
        "PROPN",
        "PRON",
    }:
        return None
    close = _closing(opens)
    while (
        close is not None and close.i + 2 < len(doc) and doc[close.i + 1].lower_ == "and" and doc[close.i + 2].is_quote
    ):
        close = _closing(doc[close.i + 2]) or close
    return list(doc[start : close.i + 1]) if close is not None else None


def _closing(opens: Token) -> Token | None:
    return next((t for t in opens.doc[opens.i + 2 : opens.sent.end + 1] if t.tag_ == "''"), None)


def _new_name(word: Token) -> bool:
    """True for a phrase that begins with an article or a quotation mark."""
    left = word.left_edge
    return left.is_quote or left.lower_ in {"a", "an", "the"} or (left.i > 0 and left.nbor(-1).is_quote)


def _marks_between(tokens: list[Token]) -> list[Token]:
    """Tokens with the quotation marks that part them."""
    kept = {t.i for t in tokens}
    return [t for t in tokens[0].doc[tokens[0].i : tokens[-1].i + 1] if t.i in kept or t.is_quote]
