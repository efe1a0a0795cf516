"""Words that attribute: cue verbs, nouns and adjectives, their frames, and who is their subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from spacy.tokens import Doc, Token

from extract import lexicon
from extract.model import Mode

CueKind = Literal["verb", "noun", "adjective", "according", "citing"]

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
"""Dependencies of a subject."""
_REFUSALS = frozenset({"decline", "refuse", "fail", "neglect", "unable", "unwilling"})
_OBLIGING = frozenset({"must", "should", "may", "might", "can", "could"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NEVER = frozenset({"neither", "nor", "never", "rarely", "seldom", "hardly"})
_FINDING = frozenset({"determine", "prove", "find", "learn", "show", "establish", "demonstrate"})
"""Verbs of results: in the infinitive they are aims, and nobody reports them yet."""
_NAMING = frozenset({"call", "dub", "label", "term", "title", "entitle", "brand"})
_NOBODY = frozenset({"nobody", "none", "nothing"})
"""Objects that negate: who blames nobody blames not."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that attributes. ``frames`` says where the content may stand, each with the mode it gives.

    ``tokens`` are the words of the cue in text order ("rules", "out"); ``head`` is its verb, noun or adjective.
    """

    head: Token
    kind: CueKind
    mode: Mode
    frames: Mapping[str, Mode]
    tokens: tuple[Token, ...]

    def takes(self, frame: str) -> bool:
        """True when the content of this cue may stand in ``frame``."""
        return frame in self.frames

    @property
    def start(self) -> int:
        """Character offset of the first word in the paragraph."""
        return self.tokens[0].idx

    @property
    def end(self) -> int:
        """Character offset after the last word."""
        return self.tokens[-1].idx + len(self.tokens[-1].text)

    @property
    def passive(self) -> bool:
        """True for "was accused", "is said"."""
        return any(child.dep_ in {"auxpass", "nsubjpass"} for child in self.head.children) or bare_passive(self.head)


def bare_passive(verb: Token) -> bool:
    """A participle that modifies a noun: "interventions condemned by monitors"; one with an object is none."""
    if verb.tag_ != "VBN" or verb.dep_ not in {"acl", "relcl"}:
        return False
    return not any(child.dep_ in {"nsubj", "dobj", "aux", "ccomp"} for child in verb.children)


@cache
def _table(name: str) -> Mapping[str, tuple[Mode, Mapping[str, Mode]]]:
    return {word: _entry(row) for word, row in lexicon.by_word(name).items()}


def _entry(row: lexicon.Row) -> tuple[Mode, Mapping[str, Mode]]:
    mode = cast(Mode, row["mode"])
    frames: dict[str, Mode] = {}
    for value in lexicon.values(row["frames"]):
        frame, _, own = value.partition("=")
        frames[frame] = cast(Mode, own) if own else mode
    return mode, frames


def find_cues(doc: Doc) -> Iterator[Cue]:
    """Cue words of a paragraph in text order, refusals and negated speech left out."""
    for token in doc:
        cue = _cue(token)
        if cue and not _silent(cue):
            yield cue


def _cue(token: Token) -> Cue | None:
    word = token.lower_
    if word == "according":
        return _according(token)
    if word in {"citing", "quoting"} and token.pos_ == "VERB":
        return Cue(token, "citing", "say", {"around": "say"}, (token,))
    if token.pos_ in {"VERB", "AUX"}:
        return None if _hyphenated(token) else _verb(token)
    if token.pos_ == "NOUN":
        return _listed(token, "nominal_cues", "noun")
    predicate = token.pos_ == "ADJ" and token.dep_ == "acomp"
    return _listed(token, "adjective_cues", "adjective") if predicate else None


def _hyphenated(token: Token) -> bool:
    """Part of a compound such as "self-proclaimed", which attributes nothing."""
    doc = token.doc
    return (token.i > 0 and doc[token.i - 1].text == "-" and not doc[token.i - 1].whitespace_) or (
        token.i + 1 < len(doc) and doc[token.i + 1].text == "-" and not token.whitespace_
    )


def _according(token: Token) -> Cue | None:
    after = token.i + 1
    to = token.doc[after] if after < len(token.doc) and token.doc[after].lower_ == "to" else None
    return Cue(token, "according", "say", {"around": "say"}, (token, to)) if to is not None else None


def _verb(token: Token) -> Cue | None:
    particle = next((child for child in token.children if child.dep_ == "prt"), None)
    table = _table("cues")
    lemma = token.lemma_.lower()
    entry = table.get(f"{lemma} {particle.lower_}") if particle is not None else table.get(lemma)
    if entry is None and particle is not None and f"{particle.lower_}@" in table.get(lemma, ("say", {}))[1]:
        entry, particle = table[lemma], None  # "called on Oran to …": a preposition, whatever the parser says
    if lemma == "make":
        particle = _clear(token)
        entry = table["make clear"] if particle is not None else None
    if entry is None:
        return None
    tokens = sorted((token, particle), key=lambda t: t.i) if particle is not None else [token]
    return Cue(token, "verb", *entry, tokens=tuple(tokens))


def _clear(verb: Token) -> Token | None:
    """The word that makes "make" attribute: "made clear", "made it clear"."""
    near = [token for token in verb.doc[verb.i + 1 : verb.i + 3] if token.lower_ != "it"]
    return near[0] if near and near[0].lower_ == "clear" else None


def _listed(token: Token, name: str, kind: CueKind) -> Cue | None:
    entry = _table(name).get(token.lemma_.lower()) or _table(name).get(token.lower_)
    return Cue(token, kind, *entry, tokens=(token,)) if entry else None


def _silent(cue: Cue) -> bool:
    """Speech that did not happen: "did not say", "declined to comment", "neither confirmed nor denied"."""
    if cue.kind == "noun":
        return any(child.lower_ == "no" for child in cue.head.children)
    if cue.head.tag_ == "VBN" and cue.head.dep_ == "advcl" and not any(c.dep_ == "aux" for c in cue.head.children):
        return True  # "Asked whether …": a question put to the speaker
    if cue.mode == "attitude" or cue.kind not in {"verb", "citing"}:
        return False
    verb = cue.head
    if any(child.dep_ == "dobj" and child.lower_ in _NOBODY for child in verb.children) or _names(verb):
        return True
    refused = verb.dep_ in {"xcomp", "ccomp"} and verb.head.lemma_.lower() in _REFUSALS
    if refused or _only_possible(verb) or _yet_to_show(verb):
        return True
    shared = verb.dep_ == "conj" and not any(child.dep_ in SUBJECTS for child in verb.children)
    if shared and verb.tag_ in _FINITE:  # "did not agree and warned …" against "neither confirmed nor denied"
        shared = any(child.lower_ in {"nor", "or"} for child in verb.head.children)
    return _negated(verb) or (shared and _negated(verb.head))


def _yet_to_show(verb: Token) -> bool:
    """True for what is still to be found out, and for what "goes without saying"."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return True
    infinitive = verb.tag_ == "VB" and any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)
    return infinitive and verb.lemma_.lower() in _FINDING


def _names(verb: Token) -> bool:
    """True for a participle that only says what a thing is called: "a group called Dawn"."""
    named = verb.lemma_.lower() in _NAMING and bare_passive(verb)
    if not named or any(child.dep_ in {"agent", "prep"} for child in verb.children):
        return False
    return sum(child.dep_ == "oprd" for child in verb.children) <= 1


def _only_possible(verb: Token) -> bool:
    """True for speech that may, could or should happen, of which nobody reports that it did: "could threaten to"."""
    helper = next((child for child in verb.children if child.dep_ == "aux" and child.lower_ in _OBLIGING), None)
    if any(child.dep_ == "nsubj" and child.lower_ in {"i", "we"} for child in verb.children):
        return False  # "I must say"
    return helper is not None and not any(child.dep_ == "aux" and child.lower_ == "have" for child in verb.children)


def _negated(verb: Token) -> bool:
    """A negation before a verb, with no mark between them that would put it into a quotation."""
    before = (child for child in verb.children if child.i < verb.i)
    for helper in verb.children:
        if helper.lower_ in _OBLIGING and any(c.dep_ == "neg" for c in (*verb.children, *helper.children)):
            return True
    no = (child for child in before if child.dep_ == "neg" or child.lower_ in _NEVER)
    return any(not any(token.is_punct for token in verb.doc[child.i : verb.i]) for child in no)


def is_cue_verb(verb: Token) -> bool:
    """True for a verb that attributes; cheaper than finding all cues."""
    return verb.pos_ in {"VERB", "AUX"} and verb.lemma_.lower() in _table("cues")


def feels(verb: Token) -> bool:
    """True for a cue verb of thought or feeling."""
    entry = _table("cues").get(verb.lemma_.lower())
    return entry is not None and entry[0] == "attitude"


def speaks(verb: Token) -> bool:
    """True for a cue verb, and for "be" with an adjective that attributes ("is determined that")."""
    if is_cue_verb(verb):
        return True
    adjectives = _table("adjective_cues")
    return any(child.dep_ == "acomp" and child.lemma_.lower() in adjectives for child in verb.children)
