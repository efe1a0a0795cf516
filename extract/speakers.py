"""Who a cue names as the one whose words it reports, and who can be one."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from extract import lexicon, phrases
from extract.actors import ActorIndex
from extract.content_spans import Content
from extract.cues import Cue, is_cue_verb
from extract.quoting import Quoted
from extract.subjects import agent, holder, is_document, subject

_FURTHER = frozenset({"appos", "relcl", "acl", "prep"})
_DASHES = frozenset({"—", "–", "--"})
_CLOSERS = frozenset({",", ".", ";", ":", "”", '"', *_DASHES})
_BRACKETED = 8
"""Most tokens between brackets after a name: "(Labour–North Vale)", "(OCHA)"."""
_WILLED = frozenset({"to", "to0", "obj"})
"""Frames of deeds that only somebody can do; "the edition promises to be lively" is no promise."""
_NOBODY_NAMED = frozenset({"you", "one", "anyone", "anybody", "whoever", "nobody"})
_PHRASE = 4
"""Most words between "according to" and the noun."""
_FURTHEST = 45
"""Most tokens that say who a speaker is."""


def speaker_of(cue: Cue) -> Token | None:
    """The noun that names the speaker of a cue, None when nobody is named; for documents whose words they hold."""
    found = voice_of(cue)
    return holder(found) if found is not None else None


def voice_of(cue: Cue) -> Token | None:
    """The noun that the grammar makes the speaker: a document too, whosever words it holds."""
    if cue.kind == "according":
        return next((c for c in cue.tokens[-1].children if c.dep_ == "pobj"), None) or _next_noun(cue.tokens[-1])
    if cue.kind == "citing":
        return next((c for c in cue.head.children if c.dep_ in {"dobj", "pobj"}), None)
    if cue.kind == "noun":
        return _holder_of_noun(cue.head)
    if cue.kind == "adjective":
        return subject(cue.head.head)
    if cue.passive:
        return agent(cue.head)
    return subject(cue.head) or _right_before(cue.head)


def _next_noun(to: Token) -> Token | None:
    """The head of the noun phrase after "according to" that the parser took for an infinitive."""
    doc, at = to.doc, to.i + 1
    while at < len(doc) and doc[at].pos_ in {"DET", "ADJ", "NUM", "VERB"} and at - to.i <= _PHRASE:
        at += 1
    if at >= len(doc) or doc[at].pos_ not in {"NOUN", "PROPN"}:
        return None
    while at + 1 < len(doc) and doc[at + 1].pos_ in {"NOUN", "PROPN"}:
        at += 1
    return doc[at]


def _right_before(verb: Token) -> Token | None:
    """The name or pronoun right before a finite verb of speech, which the parser hung on a phrase before it:
    "In an interview with the Harbour Post Berg said …".
    """
    if not verb.i or verb.tag_ not in {"VBD", "VBZ", "VBP"} or verb.nbor(-1).pos_ not in {"PROPN", "PRON"}:
        return None
    found = verb.nbor(-1)
    return found if found.dep_ == "pobj" and found.ent_type_ not in {"DATE", "TIME"} else None


def _holder_of_noun(noun: Token) -> Token | None:
    """Whose claim it is: a possessive, a phrase with "by" or "from", or the subject of a verb that voices it."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is not None:
        return owner
    for child in noun.rights:
        if child.lower_ in {"by", "from", "among"} and child.dep_ in {"prep", "agent"}:
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    named = next((c for c in noun.lefts if c.dep_ == "compound" and c.ent_type_ in {"PERSON", "ORG", "GPE"}), None)
    if named is not None and any(c.lower_ == "that" for clause in noun.rights for c in clause.children):
        return named  # "a Harbour Post report that …", and "Okoro claims that …" where the parser saw a noun
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in lexicon.words("voicing_verbs"):
        return subject(noun.head)
    return None


def said_by_nobody(cue: Cue, content: Content) -> bool:
    """Speech that nobody does: "too early to tell", "a demand for talks", "crews were asked to leave"."""
    if cue.kind == "noun":
        return content.frame != "that"
    if cue.passive and cue.mode == "demand":
        return True
    return cue.kind == "verb" and cue.head.tag_ in {"VB", "VBG"} and not cue.passive


def may_say(cue: Cue, content: Content, speaker: Token, actors: ActorIndex) -> bool:
    """False for whom no report can quote: readers, things that promise, cite or feel."""
    if speaker.lower_ in _NOBODY_NAMED:
        return False
    if cue.kind == "citing" or (cue.mode == "attitude" and cue.head.tag_ == "VBG"):
        return relays(speaker, actors)
    if content.frame == "to" and is_document(speaker):
        return True
    return content.frame not in _WILLED or actors.can_speak(speaker)


def relays(cited: Token, actors: ActorIndex) -> bool:
    """True for somebody, or something with words, that a report may cite: not "citing the cost of the bridge"."""
    return is_document(cited) or actors.can_speak(cited)


def told(item: Quoted) -> Token | None:
    """Whom quoted words are said to: the object of the cue, outside the quotation ("told the council")."""
    if item.cue is None:
        return None
    objects = (c for c in item.cue.head.children if c.dep_ in {"dobj", "dative"} and phrases.nominal(c))
    outside = (c for c in objects if not any(quote.covers(c.idx) for quote in item.quotes))
    return next((c for c in outside if c != item.speaker), None)


def described(head: Token, barred: frozenset[int]) -> Span:
    """The words that name a speaker, with all that is said there of whom they name.

    That is brackets, appositions and clauses that report nothing themselves; a comma that closes such an addition
    belongs to it: "Ada Okoro, who runs the port, [said]".

    :param barred: tokens that are no part of it: the cue, and what is reported.
    """
    words = phrases.whole(head)
    doc, end = head.doc, _over_brackets(head.doc, words.end)
    for child in _additions(head, end):
        right = child.right_edge.i
        parted = any(not (t.is_punct or t.is_space) for t in doc[end : child.left_edge.i])
        if parted or right - words.start > _FURTHEST or any(at in barred for at in range(end, right + 1)):
            break
        end = _over_brackets(doc, right + 1)
    while end > words.end and doc[end - 1].text in _CLOSERS:
        end -= 1
    end = _balanced(doc, words.end, end)
    added = any(token.text == "," for token in doc[words.end : end])
    closes = added and end < len(doc) and doc[end].text == "," and end not in barred
    return doc[words.start : end + closes]


def _additions(head: Token, end: int) -> list[Token]:
    """What hangs right of a noun phrase that ends at ``end`` and says more of whom it names, in text order."""
    last = max(phrases.conjuncts(head), key=lambda token: token.i)
    below = sorted((child for token in {head, last} for child in token.rights), key=lambda token: token.i)
    return [c for c in below if c.dep_ in _FURTHER and c.i >= end and not is_cue_verb(c) and not _dates(c)]


def _dates(preposition: Token) -> bool:
    """A phrase that says when, and so belongs to the verb."""
    return preposition.dep_ == "prep" and any(c.ent_type_ in {"DATE", "TIME"} for c in preposition.children)


def _over_brackets(doc: Doc, end: int) -> int:
    """The end of a name, after a bracket that stands right behind it."""
    if end >= len(doc) or doc[end].text != "(":
        return end
    close = next((at for at in range(end, min(len(doc), end + _BRACKETED)) if doc[at].text == ")"), None)
    return close + 1 if close is not None else end


def _balanced(doc: Doc, least: int, end: int) -> int:
    """The end without a bracket that is opened and not closed, or with what closes it."""
    open_at = next((at for at in range(end - 1, least - 1, -1) if doc[at].text in {"(", ")"}), None)
    if open_at is None or doc[open_at].text == ")":
        return end
    return end + 1 if end < len(doc) and doc[end].text == ")" else open_at
