"""Reporting clauses set off from what they report: "…, he said", "said the mayor", "according to the army"."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from extract import phrases
from extract.content_spans import Content, made, subtree, unmarked
from extract.cues import Cue, is_cue_verb
from extract.subjects import subject

SETTING_OFF = frozenset({",", "—", "–", "--", "-", "”", '"', "''"})
"""Marks that part a reporting clause from what it reports."""


_WHEN = frozenset({"as", "after", "while", "before", "although", "though"})

_ASIDE = 25
"""Most tokens between the cue and its subject in a reporting clause."""


def may_be_aside(cue: Cue) -> bool:
    """Only a finite verb of saying that has nothing to say on its right can be an aside."""
    if cue.kind != "verb" or not cue.takes("quote") or cue.mode in {"deny", "demand"}:
        return False
    subordinate = cue.head.dep_ == "advcl" and any(child.dep_ == "mark" for child in cue.head.children)
    if cue.head.tag_ == "VBG" or cue.passive or subordinate:
        return False
    if any(child.dep_ == "aux" and (child.tag_ == "MD" or child.lower_ == "to") for child in cue.head.children):
        return False
    return not any(child.i > cue.head.i and _said_words(child, cue) for child in cue.head.children)


def _said_words(child: Token, cue: Cue) -> bool:
    """True for a clause or object right of a cue that is what it says; "told the council" and "said Okoro" are not."""
    if child.dep_ in {"ccomp", "xcomp"} or (child.dep_ == "prep" and child.lower_ == "as" and cue.takes("as")):
        return True
    return child.dep_ == "dobj" and not cue.takes("to") and child.ent_type_ != "PERSON"


def aside_content(cue: Cue) -> Content | None:
    """The sentence about a reporting clause that commas set off: "The port, he said, was hit"."""
    block = _set_off(cue)
    if block is None:
        return None
    first, last = block
    doc, sent = cue.head.doc, _sentence(cue.head.doc, first, cue.head.sent)
    clause = None if _closes(doc, last) else _enclosing(cue)
    left = [token for token in doc[sent.start : first] if clause is None or token.i in clause]
    right = [token for token in doc[last + 1 : sent.end] if clause is None or token.i in clause]
    left = _own_part(left)
    if not _goes_on(doc, last, right) or _hangs_on_cue(cue, left, right):
        right = []
    if not right and not _is_said(left, doc[first:last]):
        return None
    return made(cue, "that", unmarked(left) + right, next((c for c in cue.head.children if c.dep_ == "ccomp"), None))


def _is_said(left: list[Token], aside: Span) -> bool:
    """True when what stands before a reporting clause may be said: not "In Oran, [he told the council that …]"."""
    if any(token.pos_ in {"VERB", "AUX"} for token in left):
        return True
    led = next((token for token in left if not token.is_punct), None)
    goes_on = any(token.lower_ == "that" or token.tag_ == "VBG" for token in aside)
    return any(token.pos_ in {"NOUN", "PROPN"} for token in left) and not (
        goes_on and led is not None and led.pos_ == "ADP"
    )


def _own_part(left: list[Token]) -> list[Token]:
    """What stands after the last semicolon when the part before it is attributed already, else all."""
    cut = max((at for at, token in enumerate(left) if token.text == ";"), default=-1)
    return left[cut + 1 :] if any(is_cue_verb(token) and token.tag_ != "VB" for token in left[: cut + 1]) else left


def _closes(doc: Doc, last: int) -> bool:
    """True when a reporting clause ends its sentence: it then speaks of all of it."""
    rest = [t for t in doc[last + 1 : doc[last].sent.end] if not (t.is_punct or t.is_space)]
    return not rest or rest[0].tag_ == "VBG" or rest[0].lower_ == "according"


def _enclosing(cue: Cue) -> set[int] | None:
    """Tokens of the subordinate clause in which the aside stands; None when it comments on the whole sentence."""
    for verb in cue.head.ancestors:
        if verb.dep_ in {"ccomp", "relcl"} and verb.head.i < verb.i and verb.head.i < cue.head.i:
            return {token.i for token in verb.subtree}
    return None


def _set_off(cue: Cue) -> tuple[int, int] | None:
    """First and last token of a reporting clause that a comma or dash sets off, None when none does."""
    edge = left_edge(cue)
    if edge == 0 or cue.head.doc[edge - 1].text not in SETTING_OFF:
        return None
    if edge - 1 <= _sentence(cue.head.doc, edge, cue.head.sent).start:
        return None
    return edge, _block_end(cue, subject(cue.head))


def _sentence(doc: Doc, first: int, sent: Span) -> Span:
    """The sentence from where its aside begins, when the parser ended one at the stop of a title."""
    return doc[doc[first - 1].sent.start : sent.end] if 0 < first < sent.start else sent


def closing_aside(cue: Cue) -> int | None:
    """Character offset of the mark that parts a reporting clause at the end of a sentence from what it reports.

    None when the cue is no such aside.
    """
    if not may_be_aside(cue):
        return None
    block = _set_off(cue)
    if block is None or not _closes(cue.head.doc, block[1]):
        return None
    return cue.head.doc[block[0] - 1].idx


def left_edge(cue: Cue) -> int:
    """Index of the first token of a reporting clause: its subject, or in "said the mayor" the cue."""
    verb = cue.head
    speaker = subject(verb)
    edge = verb.i
    if speaker is not None and abs(speaker.i - verb.i) <= _ASIDE and speaker.sent == verb.sent:
        edge = min(edge, speaker.left_edge.i)
    before = [c.i for c in verb.children if c.dep_ in {"aux", "advmod", "neg"} and c.i < verb.i]
    return _over_titles(verb.doc, min([edge, *before]), speaker)


def _over_titles(doc: Doc, edge: int, speaker: Token | None) -> int:
    """Move an edge left over a title that the parser cut off from the name: "Navy Capt. [Jo Adair said]"."""
    if speaker is None or speaker.i < edge or speaker.pos_ != "PROPN":
        return edge
    at = edge
    while (
        at > 0 and edge - at < 12 and (doc[at - 1].pos_ in {"PROPN", "NOUN", "ADJ"} or phrases.title_stop(doc[at - 1]))
    ):
        at -= 1
    return at if at > 0 and doc[at - 1].text in SETTING_OFF else edge


def _block_end(cue: Cue, speaker: Token | None) -> int:
    """Last token of the reporting clause: up to the mark that closes it or the end of the sentence."""
    doc, sent = cue.head.doc, cue.head.sent
    at = cue.tokens[-1].i
    if speaker is not None and speaker.i > at and speaker.sent == sent:
        at = max(at, max((t.i for t in speaker.subtree if t.sent == sent), default=at))
    while at + 1 < sent.end and doc[at + 1].text not in {",", "—", "–", "--", ";"}:
        at += 1
    return at


def _goes_on(doc: Doc, last: int, right: list[Token]) -> bool:
    """True when the clause resumes after the aside, False before a participle or a second reporting clause."""
    words = [token for token in right if not (token.is_punct or token.is_space)]
    if not words or words[0].lower_ in {"according", "citing", "who", "which"}:
        return False
    if words[0].tag_ in {"WDT", "WP"} or (words[0].tag_ == "VBG" and words[0].dep_ != "csubj"):
        return False
    return last + 1 < len(doc) and doc[last + 1].is_punct


def _hangs_on_cue(cue: Cue, left: list[Token], right: list[Token]) -> bool:
    """True for what says when or how somebody spoke, not what: "The port is shut, she said, [as she left]"."""
    first = next((token for token in right if not (token.is_punct or token.is_space)), None)
    if first is None or not any(token.pos_ in {"VERB", "AUX"} for token in left):
        return False
    if first.dep_ == "mark":
        return first.head.dep_ == "advcl" and first.head.head == cue.head and first.lower_ in _WHEN
    return first.dep_ == "prep" and first.head == cue.head


def commenting_content(cue: Cue) -> Content | None:
    """The clause that a reporting clause with "as" comments on: "The dam, as the mayor has said, will hold"."""
    verb = cue.head
    linked = any(child.dep_ in {"mark", "advmod"} and child.lower_ == "as" for child in verb.children)
    own = any(child.dep_ in {"dobj", "ccomp", "xcomp"} for child in verb.children)
    comments = cue.kind == "verb" and cue.takes("that") and verb.dep_ == "advcl"
    if not comments or not linked or own or subject(verb) is None:
        return None
    block = {token.i for token in verb.subtree}
    edges = (min(block) - 1, max(block) + 1)
    if not any(0 <= at < len(verb.doc) and verb.doc[at].text in SETTING_OFF for at in edges):
        return None
    return made(cue, "around", unmarked(subtree(verb.head, {verb.i})), verb.head)


def around_content(cue: Cue) -> Content | None:
    """For "according to X" and "citing X": the clause they comment on, without the comment."""
    own = {t.i for t in cue.head.subtree} | {t.i for token in cue.tokens for t in token.subtree}
    sent = cue.head.sent
    top = _governing_clause(cue.head)
    tokens = [t for t in (subtree(top, {cue.head.i}) if top is not None else list(sent)) if t.i not in own]
    return made(cue, "around", unmarked(tokens), top if top is not None else sent.root)


def _governing_clause(token: Token) -> Token | None:
    """The clause an adverbial comments on: the whole sentence unless it stands inside a subordinate clause."""
    for verb in token.ancestors:
        if verb.dep_ in {"relcl", "acl"} or (verb.dep_ == "ccomp" and verb.head.i < verb.i):
            return verb
        if verb.dep_ == "conj" and verb.pos_ in {"VERB", "AUX"} and any(c.dep_ == "nsubj" for c in verb.children):
            return verb if token.i < verb.i else None
    return None
