"""Reported clauses: with "that" or without, before or after the cue, and what a broken parse leaves of them."""

from __future__ import annotations

from spacy.tokens import Token

from extract.arguments import UNNAMED, is_infinitive, object_noun, passive_subject
from extract.asides import SETTING_OFF, left_edge
from extract.content_spans import Content, after_time, is_adjunct, made, subtree, unmarked
from extract.cues import SUBJECTS, Cue, is_cue_verb
from extract.subjects import reported_by, subject

_NO_CLAUSE = frozenset({"to", "of", "about", "with", "against"})


_BEGINS = frozenset({"DET", "NUM", "NOUN", "PROPN", "PRON", "ADJ", "ADP", "ADV"})
"""What a reported clause may begin with."""


_REASONS = frozenset({"because", "so", "if", "unless"})
"""What begins a clause that goes on with what was reported although the parser hangs it on the reporting verb."""

_REPORTED = frozenset({"had", "would", "will", "'ll", "could", "might", "should", "must", "may", "can"})
"""Helpers of verbs in reported speech."""


def clause_content(cue: Cue) -> Content | None:
    """A clause with or without "that", after the cue or, in an inverted sentence, before it."""
    clause = _clause_of(cue)
    if clause is None or clause.lemma_ in UNNAMED:
        return None
    if clause.i < cue.head.i and cue.mode in {"deny", "demand"}:
        return None
    if clause.i < cue.head.i and cue.kind == "verb" and not _inverted(cue):
        return _rest(cue)
    tokens = [t for t in subtree(clause, _cut(clause)) if t.i not in {x.i for x in cue.tokens}]
    if clause.i > cue.head.i and tokens:
        tokens = after_time(_with_result(cue, _with_rest(cue, _from_its_subject(cue, clause, tokens))))
    return made(cue, "that", unmarked(tokens), clause, object_noun(cue.head))


def _clause_of(cue: Cue) -> Token | None:
    wanted = {"ccomp"} if cue.kind != "noun" else {"ccomp", "acl", "relcl"}
    below: list[Token] = [*cue.head.children, *(_held_by(cue.head) if cue.kind == "noun" else ())]
    below += [
        child for token in cue.tokens if token != cue.head for child in token.children
    ]  # "made it clear [that …]"
    if len(cue.tokens) > 1:
        wanted |= {"advcl", "relcl"}
        below = [c for c in below if c.i > cue.tokens[-1].i and not (_marks(c) - {"that"})]
    own = [c for c in below if c.dep_ in wanted and not is_infinitive(c) and _finite(c, cue)]
    right = [c for c in own if c.i > cue.head.i]
    if right or own:
        return (right or own)[0]
    return _stolen(cue) if cue.kind == "verb" else None


def _held_by(noun: Token) -> list[Token]:
    """What the parser hung on the holder of a noun: "concern among nurses [that the camp will flood]"."""
    holders = [c for prep in noun.rights if prep.lower_ in {"by", "among", "from"} for c in prep.children]
    return [clause for owner in holders for clause in owner.children]


def _stolen(cue: Cue) -> Token | None:
    """A "that" clause the parser hung on a passive aside: "said after the deal was announced that …"; or on who was
    told: "told a meeting of leaders that few knew".
    """
    told = object_noun(cue.head) if cue.takes("to") or "to@" in cue.frames else None
    if told is not None:
        for clause in told.subtree:
            if clause.dep_ in {"relcl", "acl"} and clause.i > told.i and _conjoined(clause):
                return clause
    for aside in cue.head.rights:
        if aside.dep_ == "advcl":
            for child in aside.children:
                if child.dep_ == "ccomp" and child.i > aside.i and any(c.lower_ == "that" for c in child.children):
                    return child
    return None


def _conjoined(clause: Token) -> bool:
    """True for a clause that "that" begins as a conjunction: it has a subject of its own besides."""
    own = {child.dep_: child for child in clause.children}
    that = next((child for child in clause.children if child.lower_ == "that"), None)
    named = own.get("nsubj") or own.get("nsubjpass") or own.get("expl")
    return that is not None and that.dep_ == "mark" and named is not None and named.i > that.i


def _inverted(cue: Cue) -> bool:
    """True when a comma, dash or quotation mark parts the reporting clause from the clause before it."""
    edge = left_edge(cue)
    return edge > 0 and cue.head.doc[edge - 1].text in SETTING_OFF


def _rest(cue: Cue) -> Content | None:
    """Everything after the cue up to the end of its sentence: what the parser took apart."""
    doc = cue.head.doc
    start = cue.tokens[-1].i + 1
    while start + 1 < cue.head.sent.end and doc[start].ent_type_ in {"DATE", "TIME"} and doc[start].pos_ == "PROPN":
        start += 1
    tokens = list(doc[start : cue.head.sent.end])
    if not any(t.pos_ in {"VERB", "AUX"} for t in tokens):
        return None
    return made(cue, "that", unmarked(after_time(tokens)), None)


def broken_content(cue: Cue) -> Content | None:
    """The rest of the sentence when a noun phrase and a finite verb follow a cue that the parser gave no clause."""
    at = cue.tokens[-1].i + 1
    doc = cue.head.doc
    if cue.passive or at >= cue.head.sent.end or doc[at].pos_ not in _BEGINS or doc[at].lower_ in _NO_CLAUSE:
        return None
    if subject(cue.head) is None or is_infinitive(cue.head) or _has_object(cue):
        return None
    while at + 1 < cue.head.sent.end and doc[at].ent_type_ in {"DATE", "TIME"}:
        at += 1
    thing = next((c for c in cue.head.rights if c.dep_ == "dobj"), None)
    inside = {t.i for t in thing.subtree} if thing is not None else set()
    rest = [t for t in doc[at + 1 : cue.head.sent.end] if t.i not in inside]
    finite = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in rest)
    return _rest(cue) if finite else None


def _has_object(cue: Cue) -> bool:
    """True for a cue with a noun phrase of its own beside it: "wrote his book, and she said …". When no other subject
    stands before the next finite verb the noun phrase is that, whatever the parser says: "said [the men] were killed".
    """
    thing = next((c for c in cue.head.rights if c.dep_ == "dobj"), None)
    if thing is None or thing.left_edge.i != cue.tokens[-1].i + 1:
        return False
    after = cue.head.doc[thing.i + 1 : cue.head.sent.end]
    finite = next((token for token in after if token.tag_ in {"VBD", "VBZ", "VBP", "MD"}), None)
    return finite is not None and any(token.dep_ in SUBJECTS for token in after if token.i < finite.i)


def _from_its_subject(cue: Cue, clause: Token, tokens: list[Token]) -> list[Token]:
    """A clause whose subject the parser hung on the cue: "told Radio Oran [a base and a tower] were hit"."""
    if any(c.dep_ in {"nsubj", "nsubjpass", "expl", "csubj", "mark"} for c in clause.children) or clause.tag_ == "VBG":
        return tokens
    doc, start = cue.head.doc, cue.tokens[-1].i + 1
    while start < clause.i and doc[start].pos_ in {"PROPN", "PRON"} and cue.takes("to"):
        start += 1
    between = list(doc[start : tokens[0].i])
    return between + tokens if any(t.pos_ in {"NOUN", "PROPN"} for t in between) else tokens


def _with_rest(cue: Cue, tokens: list[Token]) -> list[Token]:
    """Phrases and clauses right of a reported clause that the parser hung on the cue but that go on with it."""
    for child in cue.head.rights:
        if child.i <= tokens[-1].i or child.is_punct:
            continue
        goes_on = (
            _goes_with(child, cue) or _same_subject(child, tokens) or _belongs(child, cue) or _second_object(child)
        )
        if child.dep_ == "cc" or (child.dep_ == "prep" and not is_adjunct(child)) or goes_on:
            part = [t for t in subtree(child, _cut(child)) if t.i > tokens[-1].i]
            tokens = [*tokens, *_gap(tokens, part), *part]
        else:
            break
    while tokens and tokens[-1].dep_ == "cc":
        tokens = tokens[:-1]
    return tokens


def _with_result(cue: Cue, tokens: list[Token]) -> list[Token]:
    """A reported clause with what a semicolon or "so" adds, when the parser took the addition for the main clause."""
    above = cue.head.head
    if cue.head.dep_ != "ccomp" or not tokens or above.i <= tokens[-1].i or is_cue_verb(above):
        return tokens
    doc, last = cue.head.doc, tokens[-1].i
    linked = any(child.dep_ == "mark" and child.lower_ == "so" for child in above.children)
    if not linked and not any(token.text == ";" for token in doc[last + 1 : above.i]):
        return tokens
    rest = list(doc[last + 1 : cue.head.sent.end])
    own = next((at for at, token in enumerate(rest) if is_cue_verb(token) and token.tag_ != "VB"), None)
    if own is not None:
        stops = [at for at, token in enumerate(rest[:own]) if token.text in {";", ","}]
        rest = rest[: stops[-1]] if stops else []
    return [*tokens, *rest]


def _belongs(clause: Token, cue: Cue) -> bool:
    """True for a second reported clause, and for a reason, result or condition of what was reported."""
    if clause.dep_ == "ccomp":
        return clause.i > cue.head.i and not is_cue_verb(clause)
    return clause.dep_ == "advcl" and bool(_marks(clause) & _REASONS)


def _marks(clause: Token) -> set[str]:
    return {child.lower_ for child in clause.children if child.dep_ in {"mark", "advmod"} and child.i < clause.i}


def _second_object(noun: Token) -> bool:
    """True for a noun that the parser joined to the reporting verb: "said it faces a dilemma, [and a challenge]"."""
    return noun.dep_ == "conj" and noun.pos_ in {"NOUN", "PROPN"}


def _gap(tokens: list[Token], part: list[Token]) -> list[Token]:
    """The punctuation between two parts of one content."""
    return list(part[0].doc[tokens[-1].i + 1 : part[0].i]) if part else []


def _same_subject(verb: Token, tokens: list[Token]) -> bool:
    """True for a joined clause about the same pronoun as the reported one: "says she hopes …, but she knows …"."""
    if verb.dep_ != "conj":
        return False
    if any(c.dep_ == "expl" for c in verb.children):
        return True
    own = next((c for c in verb.children if c.dep_ == "nsubj" and c.pos_ == "PRON"), None)
    return own is not None and any(t.dep_ == "nsubj" and t.lower_ == own.lower_ for t in tokens[:3])


def _goes_with(verb: Token, cue: Cue) -> bool:
    """True for a joined clause in the tense of reported speech ("…, but will listen"), not in that of the report."""
    if verb.dep_ != "conj":
        return False
    helpers = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if helpers & _REPORTED and not any(child.dep_ in SUBJECTS for child in verb.children):
        return True
    if is_cue_verb(verb):
        return False
    own = next((child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
    follows = own is not None and own.pos_ != "PRON" and own.left_edge.nbor(-1).lower_ in {"but", "and"}
    if helpers & _REPORTED or follows:
        return True
    return cue.head.tag_ == "VBD" and verb.tag_ in {"VB", "VBZ", "VBP"} and not helpers


def _finite(clause: Token, cue: Cue) -> bool:
    """Of a noun only a clause with "that" is a content; one that "that" is the object of is a relative clause."""
    if cue.kind != "noun":
        return True
    that = next((child for child in clause.children if child.lower_ == "that"), None)
    if that is None:
        return False
    return that.dep_ == "mark" or any(child.dep_ == "dobj" and child != that for child in clause.children)


def _cut(clause: Token) -> set[int]:
    """What stands in a clause by the parser's choice but belongs to the sentence about it."""
    return {token.i for token in clause.subtree if _about_it(token)}


def _about_it(token: Token) -> bool:
    if token.lower_ == "according":
        return token.dep_ in {"prep", "advmod"}
    if token.tag_ == "VBG" and token.lower_ == "citing":
        return True
    if token.dep_ == "advcl" and is_cue_verb(token):
        return _contrasted(token) or reported_by(token) is not None
    return token.dep_ in {"acl", "conj"} and reported_by(token) is not None


def _contrasted(verb: Token) -> bool:
    """A second reporting clause that only stands beside the first: "…, while the mayor warned of floods"."""
    own = any(child.dep_ == "nsubj" for child in verb.children)
    linked = any(child.dep_ == "mark" and child.lower_ in {"while", "whereas"} for child in verb.children)
    return own and linked and verb.left_edge.i > 0 and verb.doc[verb.left_edge.i - 1].text == ","


def held_content(cue: Cue) -> Content | None:
    """A passive with an infinitive: "the jets [are believed] to have struck"; the subject is a run of its own."""
    if not cue.passive or not cue.takes("that"):
        return None
    verb = next((c for c in cue.head.children if c.dep_ == "xcomp" and is_infinitive(c)), None)
    thing = passive_subject(cue)
    if verb is None or thing is None or thing.lower_ in {"who", "which", "that"} or not _perfect(verb):
        return None
    start = [t for t in cue.head.doc[cue.head.sent.start : cue.head.i] if t.i <= thing.right_edge.i]
    return made(cue, "held", start + subtree(verb, set()), verb)


def _perfect(verb: Token) -> bool:
    """ "to have struck": what is said of the past is a claim, "is expected to leave" a forecast of the report's."""
    return any(child.dep_ == "aux" and child.lower_ == "have" for child in verb.children)
