"""Words that attribute: cue verbs, nouns and adjectives, their frames, and who is their subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from spacy.tokens import Doc, Token

from extract import lexicon, phrases
from extract.model import Mode

CueKind = Literal["verb", "noun", "adjective", "according", "citing"]

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_REFUSALS = frozenset({"decline", "refuse", "fail", "neglect", "unable", "unwilling"})
_CONTROLLED = frozenset({"xcomp", "advcl", "pcomp", "acl", "conj", "prep", "ccomp", "dep", "parataxis"})


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
        return any(child.dep_ in {"auxpass", "nsubjpass"} for child in self.head.children) or _bare_passive(self.head)


def _bare_passive(verb: Token) -> bool:
    """A participle that modifies a noun: "interventions condemned by monitors"; one with an object is none."""
    if verb.tag_ != "VBN" or verb.dep_ not in {"acl", "relcl"}:
        return False
    return not any(child.dep_ in {"nsubj", "dobj", "aux", "ccomp"} for child in verb.children)


@lru_cache(maxsize=None)
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
    if token.lower_ == "according":
        return _according(token)
    if token.lower_ in {"citing", "quoting"} and token.pos_ == "VERB":
        return Cue(token, "citing", "say", {"around": "say"}, (token,))
    if _hyphenated(token):
        return None
    if token.pos_ in {"VERB", "AUX"}:
        return _verb(token)
    if token.pos_ == "NOUN":
        return _listed(token, "nominal_cues", "noun")
    if token.pos_ == "ADJ" and token.dep_ == "acomp":
        return _listed(token, "adjective_cues", "adjective")
    return None


def _hyphenated(token: Token) -> bool:
    """Part of a compound such as "self-proclaimed", which attributes nothing."""
    doc = token.doc
    return (token.i > 0 and doc[token.i - 1].text == "-" and not doc[token.i - 1].whitespace_) or (
        token.i + 1 < len(doc) and doc[token.i + 1].text == "-" and not token.whitespace_
    )


def _according(token: Token) -> Cue | None:
    to = next((child for child in token.children if child.lower_ == "to"), None)
    if to is None and token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ == "to":
        to = token.doc[token.i + 1]
    return Cue(token, "according", "say", {"around": "say"}, (token, to)) if to is not None else None


def _verb(token: Token) -> Cue | None:
    particle = next((child for child in token.children if child.dep_ == "prt"), None)
    table = _table("cues")
    lemma = token.lemma_.lower()
    entry = table.get(f"{lemma} {particle.lower_}") if particle is not None else table.get(lemma)
    if entry is None:
        return None
    tokens = sorted((token, particle), key=lambda t: t.i) if particle is not None else [token]
    return Cue(token, "verb", *entry, tokens=tuple(tokens))


def _listed(token: Token, name: str, kind: CueKind) -> Cue | None:
    entry = _table(name).get(token.lemma_.lower()) or _table(name).get(token.lower_)
    return Cue(token, kind, *entry, tokens=(token,)) if entry else None


def _silent(cue: Cue) -> bool:
    """Speech that did not happen: "did not say", "declined to comment", "neither confirmed nor denied"."""
    if cue.kind == "noun":
        return any(child.lower_ == "no" for child in cue.head.children)
    if cue.mode == "attitude" or cue.kind not in {"verb", "citing"}:
        return False
    verb = cue.head
    if verb.dep_ in {"xcomp", "ccomp"} and verb.head.lemma_.lower() in _REFUSALS:
        return True
    shared = verb.dep_ == "conj" and not any(child.dep_ in _SUBJECTS for child in verb.children)
    first = verb.head if shared else verb
    return any(
        child.dep_ == "neg" or child.lower_ in {"neither", "nor", "never"}
        for owner in (verb, first)
        for child in owner.children
        if child.i < verb.i
    )


def subject(verb: Token) -> Token | None:
    """The noun that says or does what ``verb`` says, followed through coordination, control and participles.

    A relative pronoun gives the noun it stands for; None when no one is named.
    """
    return _subject(verb, 0)


def _subject(verb: Token, depth: int) -> Token | None:
    if depth > 5:
        return None
    own = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    if own is not None:
        return _related(own, verb)
    if verb.dep_ == "conj" and (near := _unattached(verb)) is not None:
        return near
    reporting = reported_by(verb)
    if reporting is not None:
        return _subject(reporting, depth + 1)
    if _bare_passive(verb):
        return _agent(verb)
    if verb.dep_ in {"acl", "relcl"} and phrases.nominal(verb.head):
        return _modified(verb, depth)
    if verb.dep_ == "pcomp" and verb.head.dep_ == "prep":
        return _subject_of_pcomp(verb.head, depth)
    if verb.dep_ in _CONTROLLED and verb.head != verb and verb.head.pos_ in {"VERB", "AUX", "ADJ"}:
        return _subject_of_governor(verb.head, depth)
    return None


def _unattached(verb: Token) -> Token | None:
    """A name or pronoun right before a joined verb that the parser hung elsewhere: "… and Okoro warned"."""
    doc, at = verb.doc, verb.left_edge.i - 1
    if at < 1 or doc[at].pos_ not in {"PROPN", "PRON"} or doc[at].head.i > at:
        return None
    start = at
    while start > 0 and doc[start - 1].pos_ == "PROPN":
        start -= 1
    return doc[at] if start > 0 and doc[start - 1].pos_ == "CCONJ" else None


def reported_by(verb: Token) -> Token | None:
    """The reporting verb that a cue verb goes on from although the parser hung it on what was reported.

    "He said the front would hold and warned …", "She claims the town is safe, calling on …": the second verb of
    speech has no subject of its own and, in tense or form, goes with the first. None for all other verbs.
    """
    if not is_cue_verb(verb) or any(child.dep_ in _SUBJECTS for child in verb.children):
        return None
    inner = verb.head
    outer = next((t for t in verb.ancestors if t.dep_ == "ccomp"), None)
    if outer is None or not is_cue_verb(outer.head) or outer.head.i > outer.i:
        return None
    reporting = outer.head
    if verb.dep_ in {"advcl", "acl"} and verb.tag_ == "VBG":
        left = verb.left_edge.i
        return reporting if left > 0 and verb.doc[left - 1].text == "," else None
    if verb.dep_ == "conj" and verb.tag_ in {"VBD", "VBZ", "VBP"} and verb.tag_ == reporting.tag_:
        return reporting if inner.tag_ != verb.tag_ else None
    return None


def _modified(verb: Token, depth: int) -> Token | None:
    """Who says what a participle after a noun says: the noun itself, or after a comma the subject of the clause."""
    noun = verb.head
    if verb.dep_ == "relcl" or verb.tag_ != "VBG":
        return noun
    doc = verb.doc
    left = verb.left_edge.i
    set_off = left > 0 and doc[left - 1].text in {",", "—", "–", "--"}
    if not set_off and noun.lemma_.lower() not in _documents():
        return noun
    governor = next((t for t in noun.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    found = _subject_of_governor(governor, depth) if governor is not None else None
    return found if found is not None and found != noun else noun


@lru_cache(maxsize=1)
def _documents() -> frozenset[str]:
    """Nouns for things that carry words: a statement, a report."""
    return frozenset(word for word, row in lexicon.by_word("roles").items() if row["class"] == "text")


def holder(noun: Token) -> Token:
    """Whose words a document holds: "the ministry's statement" -> the ministry; the noun itself when nobody is named."""
    if noun.lemma_.lower() not in _documents():
        return noun
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is not None:
        return owner
    if noun.i > 1 and noun.doc[noun.i - 1].text in {"'", "’", "'s", "’s"}:
        return noun.doc[noun.i - 2]
    for words in (("from",), ("by", "of")):
        for child in noun.subtree:
            if child.i > noun.i and child.dep_ in {"prep", "agent"} and child.lower_ in words:
                return next((c for c in child.children if c.dep_ == "pobj" and phrases.nominal(c)), noun)
    return noun


def _subject_of_governor(governor: Token, depth: int) -> Token | None:
    """Who controls a participle; of a passive it is the agent ("spelled out by the two leaders, adding …")."""
    return _agent(governor) or _subject(governor, depth + 1)


def _subject_of_pcomp(preposition: Token, depth: int) -> Token | None:
    """Of "quoted the army as saying" the object speaks; of "by saying", "in calling for" the subject."""
    governor = preposition.head
    if preposition.lower_ == "as":
        patient = next((c for c in governor.children if c.dep_ in {"dobj", "nsubjpass"} and c.i < preposition.i), None)
        if patient is not None:
            return _related(patient, governor)
    if phrases.nominal(governor) and governor.pos_ != "ADJ":
        return None
    return _subject_of_governor(governor, depth)


def _related(noun: Token, verb: Token) -> Token:
    if noun.lower_ in _RELATIVE and verb.dep_ == "relcl":
        return verb.head
    if noun.lower_ in _RELATIVE and verb.dep_ == "conj" and verb.head.dep_ == "relcl":
        return verb.head.head
    return noun


def _agent(verb: Token) -> Token | None:
    by = next((child for child in verb.children if child.dep_ == "agent"), None)
    return next((child for child in by.children if child.dep_ == "pobj"), None) if by is not None else None


def agent(verb: Token) -> Token | None:
    """The noun after "by" of a passive verb, None without one."""
    return _agent(verb)


def is_cue_verb(verb: Token) -> bool:
    """True for a verb that attributes; cheaper than finding all cues."""
    return verb.pos_ in {"VERB", "AUX"} and verb.lemma_.lower() in _table("cues")


def is_subject_elsewhere(noun: Token) -> bool:
    """True for a name that the parser joined to another noun but that a finite verb right after it takes as subject."""
    after = noun.i + 1
    if after >= len(noun.doc) or noun.doc[after].pos_ not in {"VERB", "AUX"}:
        return False
    verb = noun.doc[after]
    top = verb.head if verb.dep_ in {"aux", "auxpass"} else verb
    return top.dep_ == "conj" and _unattached(top) == noun
