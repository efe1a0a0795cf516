"""Who says or does what a verb says, followed through coordination, control, participles and passives."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from extract import lexicon, phrases
from extract.cues import SUBJECTS, bare_passive, feels, is_cue_verb

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_CONTROLLED = frozenset({"xcomp", "advcl", "pcomp", "acl", "conj", "prep", "ccomp", "dep", "parataxis"})
_HOPS = 5
"""How many verbs up a subject is looked for."""


def subject(verb: Token) -> Token | None:
    """The noun that says or does what ``verb`` says, followed through coordination, control and participles.

    A relative pronoun gives the noun it stands for; None when no one is named.
    """
    return _subject(verb, 0)


def _subject(verb: Token, depth: int) -> Token | None:
    if depth > _HOPS:
        return None
    own = [child for child in verb.children if child.dep_ in SUBJECTS]
    if own:
        # Of two, the first belongs to what is said: "The museum, [the mayor] said Tuesday, will open".
        before = [child for child in own if child.i < verb.i]
        return _related(before[-1] if before else own[0], verb)
    near = _unattached(verb) if verb.dep_ == "conj" else None
    if near is not None:
        return near
    if verb.dep_ == "ROOT" and (set_off := _set_off(verb)) is not None:
        return set_off
    reporting = reported_by(verb)
    return _subject(reporting, depth + 1) if reporting is not None else _controller(verb, depth)


def _controller(verb: Token, depth: int) -> Token | None:
    """Who does what a verb without a subject says: by its agent, the noun it modifies, or the verb above it."""
    if bare_passive(verb):
        return _agent(verb)
    above = verb.head
    if verb.dep_ in {"acl", "relcl"} and phrases.nominal(above):
        return _modified(verb, depth)
    if verb.dep_ == "pcomp" and above.dep_ == "prep":
        return _subject_of_pcomp(above, depth)
    controlled = verb.dep_ in _CONTROLLED and above != verb and above.pos_ in {"VERB", "AUX", "ADJ"}
    return _subject_of_governor(above, depth) if controlled else None


def _unattached(verb: Token) -> Token | None:
    """A name or pronoun right before a joined verb that the parser hung elsewhere: "… and Okoro warned"."""
    doc, at = verb.doc, verb.left_edge.i - 1
    if at < 1 or doc[at].pos_ not in {"PROPN", "PRON"} or doc[at].head.i > at:
        return None
    start = at
    while start > 0 and doc[start - 1].pos_ == "PROPN":
        start -= 1
    return doc[at] if start > 0 and doc[start - 1].pos_ == "CCONJ" else None


def _set_off(verb: Token) -> Token | None:
    """The noun phrase between a comma and a verb that the parser took for an apposition: "…, a memo said"."""
    if not verb.i or verb.tag_ not in {"VBD", "VBZ", "VBP"} or not is_cue_verb(verb):
        return None
    for noun in (verb.nbor(-1), *verb.nbor(-1).ancestors):
        if noun.dep_ == "appos" and noun.right_edge.i == verb.i - 1 and noun.head.i < verb.i:
            left = noun.left_edge.i
            return noun if left > 0 and verb.doc[left - 1].text == "," else None
    return None


def reported_by(verb: Token) -> Token | None:
    """The reporting verb that a cue verb goes on from although the parser hung it on what was reported.

    "He said the front would hold and warned …", "She claims the town is safe, calling on …": the second verb of
    speech has no subject of its own and, in tense or form, goes with the first. None for all other verbs.
    """
    if not is_cue_verb(verb) or any(child.dep_ in SUBJECTS for child in verb.children):
        return None
    inner = verb.head
    outer = next((t for t in verb.ancestors if t.dep_ == "ccomp"), None)
    if outer is None or not is_cue_verb(outer.head) or outer.head.i > outer.i:
        return None
    reporting = outer.head
    if verb.dep_ in {"advcl", "acl"} and verb.tag_ == "VBG":
        left = verb.left_edge.i
        return reporting if left > 0 and verb.doc[left - 1].text == "," else None
    same = verb.tag_ == reporting.tag_ or {verb.tag_, reporting.tag_} == {"VBD", "VBN"}
    if verb.dep_ == "conj" and verb.tag_ in {"VBD", "VBZ", "VBP"} and same:
        return reporting if inner.tag_ != verb.tag_ or (_states(inner) and not feels(verb)) else None
    return None


def _states(verb: Token) -> bool:
    """True for a verb that says how things are or had been, which no deed goes on with: "it was ready and [warned]"."""
    return verb.lemma_ == "be" or any(child.dep_ in {"aux", "auxpass"} for child in verb.children)


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


@cache
def _documents() -> frozenset[str]:
    """Nouns for things that carry words: a statement, a report."""
    return frozenset(word for word, row in lexicon.by_word("roles").items() if row["class"] == "text")


def is_document(noun: Token) -> bool:
    """True for a thing that carries words: a statement, a poll."""
    return noun.lemma_.lower() in _documents()


def holder(noun: Token) -> Token:
    """Whose words a document holds: "the ministry's statement" -> the ministry; the noun itself when none is named."""
    if noun.lemma_.lower() not in _documents():
        return noun
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is not None:
        return owner
    if noun.i > 1 and noun.doc[noun.i - 1].text in {"'", "’", "'s", "’s"}:
        return noun.doc[noun.i - 2]
    for words in (("from",), ("by", "of")):
        for child in noun.subtree:
            linked = child.i > noun.i and child.dep_ in {"prep", "agent"} and child.lower_ in words
            if linked and child.head.lemma_.lower() not in _READING:
                return next((c for c in child.children if _holds(c)), noun)
    return next((c for c in noun.lefts if c.dep_ in {"compound", "nmod"} and c.ent_type_ == "ORG"), noun)


_READING = frozenset({"see", "obtain", "review", "view", "read", "publish", "cite", "verify", "analyse", "analyze"})
"""What media do with other people's documents: "a memo seen by an agency" holds not the agency's words."""


def _holds(noun: Token) -> bool:
    return noun.dep_ == "pobj" and phrases.nominal(noun) and noun.ent_type_ not in {"DATE", "TIME"}


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
        return _undated(verb.head)
    if noun.lower_ in _RELATIVE and verb.dep_ == "conj" and verb.head.dep_ == "relcl":
        return verb.head.head
    return noun


def _undated(noun: Token) -> Token:
    """Of "the ruling of 3 May, which found …" the ruling, of which the date only says when."""
    if noun.ent_type_ not in {"DATE", "TIME"}:
        return noun
    before = noun.left_edge.i - 1
    while before > 0 and (noun.doc[before].ent_type_ in {"DATE", "TIME"} or noun.doc[before].pos_ in {"ADP", "DET"}):
        before -= 1
    return noun.doc[before] if before >= 0 and noun.doc[before].pos_ in {"NOUN", "PROPN"} else noun


def _agent(verb: Token) -> Token | None:
    by = next((child for child in verb.children if child.dep_ == "agent"), None)
    return next((child for child in by.children if child.dep_ == "pobj"), None) if by is not None else None


def agent(verb: Token) -> Token | None:
    """The noun after "by" of a passive verb, None without one."""
    return _agent(verb)


def is_subject_elsewhere(noun: Token) -> bool:
    """True for a name that the parser joined to another noun but that a finite verb right after it takes as subject."""
    after = noun.i + 1
    if after >= len(noun.doc) or noun.doc[after].pos_ not in {"VERB", "AUX"}:
        return False
    verb = noun.doc[after]
    top = verb.head if verb.dep_ in {"aux", "auxpass"} else verb
    return top.dep_ == "conj" and _unattached(top) == noun
