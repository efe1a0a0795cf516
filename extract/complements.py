"""Contents that are no finite clauses: infinitives, gerunds, objects and prepositional phrases."""

from __future__ import annotations

from spacy.tokens import Token

from extract import phrases
from extract.arguments import UNNAMED, addressed, is_infinitive, object_noun, passive_subject
from extract.content_spans import Content, is_adjunct, made, subtree
from extract.cues import Cue, is_cue_verb
from extract.subjects import agent

_WITHHELD = frozenset({"aid", "access", "entry", "food", "water", "bail", "visa", "passage", "treatment", "care"})
"""What is denied to somebody by keeping it back, not by words."""
_NEAR = 4
"""Most tokens, marks included, between two parts that "and" joins."""
_INTENTIONS = frozenset({"plan", "decision", "intention", "proposal", "pledge", "commitment", "readiness"})
_WAYS = frozenset({"back", "home", "out", "away", "forward", "ashore", "aside", "off"})
"""Where an order without a verb sends somebody."""


def infinitive_content(cue: Cue) -> Content | None:
    """An infinitive with whom it is asked of before it: "urged Oran to stop", "called on Oran to stop"."""
    verb = _infinitive_below(cue)
    if verb is None or verb.lemma_ in UNNAMED or (cue.passive and agent(cue.head) is None and _modal(cue.head)):
        return None
    if cue.takes("oprd") and _summons(cue, verb):
        return None
    wished = _wished(cue, verb)
    if wished is not None:
        return made(cue, "for-", wished, verb)
    addressee = object_noun(cue.head) or addressed(cue)
    own = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    without = {child.i for child in verb.rights if _second_report(child)}
    if own is not None:
        without.add(own.i)
    tokens = [t for t in subtree(verb, without) if t.i > max(x.i for x in cue.tokens)]
    if own is not None:
        tokens = [t for t in tokens if t.i > own.i]
    tokens = _with_joined(cue, tokens)
    name = "to" if cue.takes("to") else "to0"
    while tokens and tokens[0].lower_ not in {"to", "not"} and tokens[0].dep_ != "neg":
        tokens = tokens[1:]
    return made(cue, name, tokens, verb, own or addressee) if tokens else None


def _summons(cue: Cue, verb: Token) -> bool:
    """True for "called the mayor to say so"; not for "called on the mayor to leave", "called for the port to open"."""
    between = {token.lower_ for token in cue.head.doc[cue.head.i + 1 : verb.i]}
    return object_noun(cue.head) is not None and addressed(cue) is None and "for" not in between


def _with_joined(cue: Cue, tokens: list[Token]) -> list[Token]:
    """Further infinitives that the parser hung on a finite cue: "wants [to open the port, buy ships and hire]"."""
    if cue.head.tag_ not in {"VBD", "VBZ"}:
        return tokens
    for child in cue.head.rights:
        if child.dep_ == "conj" and child.tag_ == "VB" and tokens and child.i > tokens[-1].i:
            part = [t for t in subtree(child, set()) if t.i > tokens[-1].i]
            tokens = [*tokens, *child.doc[tokens[-1].i + 1 : part[0].i], *part]
    return tokens


def _second_report(verb: Token) -> bool:
    """A participle of speech after a comma, which the speaker does: "threatened to leave, [blaming Oran]"."""
    left = verb.left_edge.i
    return verb.tag_ == "VBG" and verb.dep_ == "advcl" and is_cue_verb(verb) and verb.doc[left - 1].text == ","


def _wished(cue: Cue, verb: Token) -> list[Token] | None:
    """What is called for with its own infinitive: "called for [the bridge to be closed]"."""
    after = cue.tokens[-1].i + 1
    doc = cue.head.doc
    if after >= len(doc) or doc[after].lower_ != "for" or "for-" not in cue.frames or verb.i <= after:
        return None
    passive = any(child.dep_ == "auxpass" or child.lemma_ == "be" for child in verb.children) or verb.lemma_ == "be"
    return list(doc[after + 1 : max(t.i for t in verb.subtree) + 1]) if passive else None


def _modal(verb: Token) -> bool:
    """True for what should or might be said, and so was not: "ought to be asked"."""
    return any(child.tag_ == "MD" for child in verb.children)


def _infinitive_below(cue: Cue) -> Token | None:
    direct = [c for c in cue.head.children if c.i > cue.head.i and is_infinitive(c) and c.dep_ in {"xcomp", "ccomp"}]
    if direct:
        return direct[0]
    if cue.kind == "noun":
        return next((c for c in cue.head.children if is_infinitive(c) and c.dep_ == "acl"), None)
    # The parser often hangs the infinitive on the noun before it: "asked [the ships to leave]".
    nouns = [c for c in (object_noun(cue.head), addressed(cue)) if c is not None]
    for noun in nouns:
        for child in noun.children:
            if is_infinitive(child) and child.dep_ in {"acl", "relcl"}:
                return child
    purposes = [c for c in cue.head.children if c.i > cue.head.i and is_infinitive(c) and c.dep_ == "advcl"]
    return next(
        (c for c in purposes if nouns or ("for-" in cue.frames and any(t.lower_ == "for" for t in c.children))), None
    )


def gerund_content(cue: Cue) -> Content | None:
    """A gerund: "denied bombing the port"."""
    verb = next((c for c in cue.head.children if c.dep_ in {"xcomp", "ccomp"} and c.tag_ == "VBG"), None)
    return made(cue, "ving", subtree(verb, set()), verb) if verb is not None and verb.i > cue.head.i else None


def prepositional_content(cue: Cue, frame: str) -> Content | None:
    """What follows a preposition of the cue, or of its object when the parser hung it there."""
    word, keep = frame[:-1], frame[-1] == "+"
    if cue.head.tag_ == "VBN" and cue.head.dep_ == "acl" and agent(cue.head) is None:
        return None  # "people accused of theft": a description, which nobody is quoted with
    patient = object_noun(cue.head) or addressed(cue) or (passive_subject(cue) if cue.passive else None)
    for preposition in _prepositions(cue, word, patient):
        below = [c for c in preposition.children if c.dep_ in {"pobj", "pcomp"}]
        if not below or below[0].ent_type_ in {"DATE", "TIME"}:
            continue
        root = below[0]
        tokens = subtree(preposition, set())
        if not keep:
            tokens = [t for t in tokens if t.i != preposition.i]
        tokens = with_tail(cue, tokens)
        return made(cue, frame, tokens, root, patient)
    return None


def _prepositions(cue: Cue, word: str, patient: Token | None) -> list[Token]:
    """Prepositions of that word right of the cue, those that govern a gerund first."""
    owners = [cue.head] + (phrases.conjuncts(patient) if patient is not None else [])
    below = [t for owner in owners for t in owner.subtree if t.lower_ == word and t.dep_ == "prep" and t.i > cue.head.i]
    direct = [t for t in below if t.head == cue.head or t.head in owners]
    gerund = [t for t in below if any(c.dep_ == "pcomp" for c in t.children)]
    return [*(t for t in direct if t in gerund), *gerund, *direct] if word == "of" else direct


def with_tail(cue: Cue, tokens: list[Token]) -> list[Token]:
    """Prepositional phrases of the cue that go on where the content ends: "praised the calm [in the new talks]"."""
    if not tokens:
        return tokens
    tokens = list(tokens)
    doc = cue.head.doc
    while tokens[-1].i + 1 < len(doc) and doc[tokens[-1].i + 1].text in {"”", "’", "''"}:
        tokens.append(doc[tokens[-1].i + 1])
    for child in cue.head.rights:
        if child.dep_ == "prep" and child.i == tokens[-1].i + 1 and not is_adjunct(child):
            tokens += [t for t in subtree(child, set()) if t.i > tokens[-1].i]
        elif child.is_punct and child.text in {"”", '"', "’", "“", "‘"} and child.i == tokens[-1].i + 1:
            tokens.append(child)
        elif _second_name(child, tokens) or _name_after(child, tokens):
            tokens += list(doc[tokens[-1].i + 1 : child.right_edge.i + 1])
    return _with_joined_noun(tokens)


def _with_joined_noun(tokens: list[Token]) -> list[Token]:
    """Tokens with a noun that "and" joins right after them, wherever the parser hung it: "their anger at police [and
    some judges]".
    """
    at = tokens[-1].i + 1
    doc = tokens[-1].doc
    if at + 1 >= len(doc) or doc[at].dep_ != "cc":
        return tokens
    for token in doc[at + 1 : at + 1 + _NEAR * 2]:
        if token.dep_ == "conj":
            joined = token.pos_ in {"NOUN", "PROPN"} and token.left_edge.i == at + 1
            return [*tokens, *doc[at : token.right_edge.i + 1]] if joined else tokens
    return tokens


def _name_after(word: Token, tokens: list[Token]) -> bool:
    """A name between commas that the parser hung on the verb: "the resignation of the minister, [Ada Okoro]"."""
    near = word.left_edge.i - tokens[-1].i
    return near == 2 and word.dep_ in {"npadvmod", "appos"} and word.ent_type_ == "PERSON"


def _second_name(word: Token, tokens: list[Token]) -> bool:
    """A noun joined to a verb, which is joined to what stands before it: "as “unsafe” and [a “threat” to all]"."""
    near = 0 < word.left_edge.i - tokens[-1].i <= _NEAR
    return word.dep_ == "conj" and word.pos_ in {"NOUN", "PROPN", "ADJ"} and near


def object_content(cue: Cue) -> Content | None:
    """A noun phrase as content: "condemned the attack"; the subject of a passive: "was condemned"."""
    thing = next((c for c in cue.head.children if c.dep_ == "dobj"), None)
    if thing is None and cue.passive and agent(cue.head) is not None:
        thing = passive_subject(cue) or (cue.head.head if cue.head.dep_ == "acl" else None)
        return made(cue, "obj", list(phrases.whole(thing)), thing) if thing is not None and _says(thing) else None
    if thing is None or not _says(thing) or (cue.mode == "deny" and thing.lemma_.lower() in _WITHHELD):
        return None
    return made(cue, "obj", _with_purpose(cue, thing, with_tail(cue, subtree(thing, set()))), thing)


def _with_purpose(cue: Cue, thing: Token, tokens: list[Token]) -> list[Token]:
    """The infinitive that the parser hung on the cue: "announced steps [to open the port]"; of a plan also after a
    date: "announced plans this week [to give millions]".
    """
    planned = thing.lemma_.lower() in _INTENTIONS
    for child in cue.head.rights:
        if child.dep_ in {"advcl", "xcomp"} and is_infinitive(child) and child.i > tokens[-1].i:
            near = child.left_edge.i == tokens[-1].i + 1
            return [*tokens, *(t for t in subtree(child, set()) if t.i > tokens[-1].i)] if planned or near else tokens
    return tokens


def directed_content(cue: Cue) -> Content | None:
    """Whom an order moves, and where to: "ordered [the crews back to the harbour]"."""
    whom = object_noun(cue.head)
    way = next((c for c in cue.head.rights if c.lower_ in _WAYS and c.dep_ in {"advmod", "prt", "prep"}), None)
    if whom is None or way is None or way.i < whom.i:
        return None
    tokens = subtree(whom, set()) + subtree(way, set())
    for child in cue.head.rights:
        if child.dep_ == "prep" and child.i == tokens[-1].i + 1:
            tokens += subtree(child, set())
    return made(cue, "way", tokens, whom)


def _says(thing: Token) -> bool:
    """False for objects that are no content of their own: pronouns, reflexives, times."""
    return thing.pos_ != "PRON" and thing.ent_type_ not in {"DATE", "TIME", "MONEY", "PERCENT"}
