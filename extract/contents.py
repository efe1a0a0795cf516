"""Where the grammar puts the words that a cue attributes: clauses, objects, prepositional phrases, whole sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from extract import phrases
from extract.cues import Cue, agent, is_cue_verb, reported_by, subject
from extract.model import Mode

Range = tuple[int, int]

_EDGE = " \t\n.,;:–—-"
_MARKS = '"”’»'
_VENUE = frozenset({"statement", "interview", "speech", "address", "tweet", "post", "letter", "conference", "briefing"})
_NO_CLAUSE = frozenset({"to", "of", "about", "with", "against"})
_UNNAMED = frozenset({"name", "identify", "quote"})
"""What sources ask of reporters ("asked not to be named"): no statement on the matter."""

_BEGINS = frozenset({"DET", "NUM", "NOUN", "PROPN", "PRON", "ADJ", "ADP", "ADV"})
"""What a reported clause may begin with."""

_REPORTED = frozenset({"had", "would", "will", "'ll", "could", "might", "should", "must", "may", "can"})
"""Helpers of verbs in reported speech."""

_SETTING_OFF = frozenset({",", "—", "–", "--", "-", "”", '"', "''"})
_ASIDE = 25
"""Most tokens between the cue and its subject in a reporting clause."""


@dataclass(frozen=True, slots=True)
class Content:
    """Half-open character ranges of the paragraph, the frame that gave them, and the noun they are addressed to.

    ``link`` is a preposition that belongs to the cue when it stands right after it ("called on", "called for").
    """

    runs: tuple[Range, ...]
    frame: str
    mode: Mode
    addressee: Token | None = None
    root: Token | None = None
    link: Token | None = None

    @property
    def hull(self) -> Range:
        """From the first run's start to the last run's end."""
        return self.runs[0][0], self.runs[-1][1]


def content_of(cue: Cue) -> Content | None:
    """The content of a cue by its frames, None when the grammar gives none (bare speech acts)."""
    if cue.kind in {"according", "citing"}:
        return _around(cue)
    if _may_be_aside(cue) and (found := _aside(cue)):
        return found
    for frame in _ORDER:
        if cue.takes(frame[0]):
            found = frame[1](cue)
            if found:
                return found
    for name in cue.frames:
        if name[-1] in "-+" and (found := _after_preposition(cue, name)):
            return found
    if cue.takes("obj") and (found := _object(cue)):
        return found
    return _broken(cue) if cue.kind == "verb" and cue.takes("that") and cue.takes("quote") else None


def _may_be_aside(cue: Cue) -> bool:
    """Only a finite verb of saying that has nothing to say on its right can be an aside."""
    if cue.kind != "verb" or not cue.takes("quote") or cue.head.tag_ in {"VBG", "VB"} or cue.passive:
        return False
    return not any(child.i > cue.head.i and _said_words(child, cue) for child in cue.head.children)


def _said_words(child: Token, cue: Cue) -> bool:
    """True for a clause or object right of a cue that is what it says; "told the council" and "said Okoro" are not."""
    if child.dep_ in {"ccomp", "xcomp"}:
        return True
    return child.dep_ == "dobj" and not cue.takes("to") and child.ent_type_ != "PERSON"


def chars(tokens: Iterable[Token]) -> Range:
    """Character range from the first to the last of some tokens."""
    listed = list(tokens)
    first = min(listed, key=lambda t: t.i)
    last = max(listed, key=lambda t: t.i)
    return first.idx, last.idx + len(last.text)


def _subtree(head: Token, without: set[int]) -> list[Token]:
    """Tokens below ``head`` in text order, with the subtrees of ``without`` cut off."""
    found, stack = [], [head]
    while stack:
        token = stack.pop()
        if token.i in without:
            continue
        found.append(token)
        stack.extend(token.children)
    return sorted(found, key=lambda t: t.i)


def _runs(tokens: list[Token]) -> tuple[Range, ...]:
    """Unbroken runs of tokens as character ranges; runs without a word are left out."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    return tuple(chars(run) for run in runs if any(not _empty(t) for t in run))


def _empty(token: Token) -> bool:
    """Marks, blanks and words that only link: no run of a content consists of them alone."""
    return token.is_punct or token.is_space or token.tag_ in {"WDT", "WP", "CC"} or token.lower_ == "that"


def _without_gloss(tokens: list[Token]) -> list[Token]:
    """Tokens without a closing background clause that the reporter sets off: ", annexed in 1902", ", where … live"."""
    for at in range(len(tokens) - 1, 0, -1):
        if tokens[at].text != "," or at + 1 >= len(tokens):
            continue
        rest = {t.i for t in tokens[at + 1 :]}
        tops = [t for t in tokens[at + 1 :] if t.head.i not in rest and not t.is_punct]
        if len(tops) == 1 and _gloss(tops[0]) and tops[0].head.i in {t.i for t in tokens[:at]}:
            return tokens[:at]
    return tokens


def _gloss(top: Token) -> bool:
    if top.dep_ == "relcl":
        return any(c.lower_ in {"where", "who", "whose"} for c in top.subtree) and any(
            c.lower_ in {"where", "who", "whose"} for c in top.children
        )
    if top.dep_ == "acl" and top.tag_ == "VBN":
        return top.head.pos_ == "PROPN"
    return top.dep_ == "appos" and top.lower_ == "something"


def _made(cue: Cue, frame: str, tokens: list[Token], root: Token | None, to: Token | None = None) -> Content | None:
    kept = tokens if frame == "around" else _without_venue(_without_gloss(tokens))
    runs = _runs(kept)
    if not runs:
        return None
    return Content(runs, frame, cue.frames.get(frame, cue.mode), to, root, _link(cue))


def _link(cue: Cue) -> Token | None:
    """The preposition right after a cue that its frames name."""
    after = cue.tokens[-1].i + 1
    if after >= len(cue.head.doc):
        return None
    token = cue.head.doc[after]
    return token if f"{token.lower_}@" in cue.frames or f"{token.lower_}-" in cue.frames else None


def _without_venue(tokens: list[Token]) -> list[Token]:
    """Tokens without a closing phrase that says where the words were said: "in a statement"."""
    for at in range(len(tokens) - 1, max(0, len(tokens) - 8), -1):
        token = tokens[at]
        if token.dep_ == "prep" and token.lower_ in {"in", "during", "on", "at"} and at:
            noun = next((c for c in token.children if c.dep_ == "pobj"), None)
            rest = {t.i for t in tokens[at:]}
            if noun is not None and noun.lemma_.lower() in _VENUE and rest <= {t.i for t in token.subtree}:
                return tokens[:at]
    return tokens


def _clause(cue: Cue) -> Content | None:
    """A clause with or without "that", after the cue or, in an inverted sentence, before it."""
    clause = _clause_of(cue)
    if clause is None:
        return None
    if clause.i < cue.head.i and cue.kind == "verb" and not _inverted(cue):
        return _rest(cue)
    tokens = [t for t in _subtree(clause, _cut(clause)) if t.i not in {x.i for x in cue.tokens}]
    if clause.i > cue.head.i and tokens:
        tokens = _with_rest(cue, _from_its_subject(cue, clause, tokens))
    return _made(cue, "that", _unmarked(tokens), clause, _object_noun(cue.head))


def _clause_of(cue: Cue) -> Token | None:
    wanted = {"ccomp"} if cue.kind != "noun" else {"ccomp", "acl", "relcl"}
    own = [c for c in cue.head.children if c.dep_ in wanted and not _infinitive(c) and _finite(c, cue)]
    right = [c for c in own if c.i > cue.head.i]
    if right or own:
        return (right or own)[0]
    return _stolen(cue) if cue.kind == "verb" else None


def _stolen(cue: Cue) -> Token | None:
    """A "that" clause the parser hung on a passive aside: "said after the deal was announced that …"."""
    for aside in cue.head.rights:
        if aside.dep_ == "advcl":
            for child in aside.children:
                if child.dep_ == "ccomp" and child.i > aside.i and any(c.lower_ == "that" for c in child.children):
                    return child
    return None


def _inverted(cue: Cue) -> bool:
    """True when a comma, dash or quotation mark parts the reporting clause from the clause before it."""
    edge = _left_edge(cue)
    return edge > 0 and cue.head.doc[edge - 1].text in _SETTING_OFF


def _rest(cue: Cue) -> Content | None:
    """Everything after the cue up to the end of its sentence: what the parser took apart."""
    doc = cue.head.doc
    start = cue.tokens[-1].i + 1
    while start + 1 < cue.head.sent.end and doc[start].ent_type_ in {"DATE", "TIME"} and doc[start].pos_ == "PROPN":
        start += 1
    tokens = list(doc[start : cue.head.sent.end])
    if not any(t.pos_ in {"VERB", "AUX"} for t in tokens):
        return None
    return _made(cue, "that", _unmarked(tokens), None)


def _broken(cue: Cue) -> Content | None:
    """The rest of the sentence when a noun phrase and a finite verb follow a cue that the parser gave no clause."""
    at = cue.tokens[-1].i + 1
    doc = cue.head.doc
    if cue.passive or at >= cue.head.sent.end or doc[at].pos_ not in _BEGINS or doc[at].lower_ in _NO_CLAUSE:
        return None
    if subject(cue.head) is None:
        return None
    while at + 1 < cue.head.sent.end and doc[at].ent_type_ in {"DATE", "TIME"}:
        at += 1
    finite = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in doc[at + 1 : cue.head.sent.end])
    return _rest(cue) if finite else None


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
        if child.dep_ == "cc" or (child.dep_ == "prep" and not _adjunct(child)) or _goes_with(child, cue):
            part = [t for t in _subtree(child, _cut(child)) if t.i > tokens[-1].i]
            tokens = [*tokens, *_gap(tokens, part), *part]
        else:
            break
    while tokens and tokens[-1].dep_ == "cc":
        tokens = tokens[:-1]
    return tokens


def _gap(tokens: list[Token], part: list[Token]) -> list[Token]:
    """The punctuation between two parts of one content."""
    return list(part[0].doc[tokens[-1].i + 1 : part[0].i]) if part else []


def _goes_with(verb: Token, cue: Cue) -> bool:
    """True for a joined clause in the tense of reported speech ("…, but will listen"), not in that of the report."""
    if verb.dep_ != "conj" or is_cue_verb(verb):
        return False
    helpers = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if helpers & _REPORTED:
        return True
    return cue.head.tag_ == "VBD" and verb.tag_ in {"VB", "VBZ", "VBP"} and not helpers


def _finite(clause: Token, cue: Cue) -> bool:
    if cue.kind == "noun":
        return any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)
    return True


def _infinitive(verb: Token) -> bool:
    return verb.tag_ in {"VB", "VBN"} and any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _cut(clause: Token) -> set[int]:
    """What stands in a clause by the parser's choice but belongs to the sentence about it."""
    cut = set()
    for token in clause.subtree:
        if token.lower_ == "according" and token.dep_ in {"prep", "advmod"}:
            cut.add(token.i)
        elif token.tag_ == "VBG" and token.lower_ == "citing":
            cut.add(token.i)
        elif token.dep_ in {"advcl", "acl", "conj"} and reported_by(token) is not None:
            cut.add(token.i)
    return cut


def _unmarked(tokens: list[Token]) -> list[Token]:
    """Tokens without a leading conjunction "that" and leading marks."""
    start = 0
    while start < len(tokens) and (
        (tokens[start].lower_ == "that" and tokens[start].dep_ == "mark")
        or (tokens[start].is_punct and tokens[start].text not in {"“", '"', "‘", "«", "'"})
        or (tokens[start].dep_ == "cc")
    ):
        start += 1
    return tokens[start:]


def _to(cue: Cue) -> Content | None:
    """An infinitive with whom it is asked of before it: "urged Oran to stop", "called on Oran to stop"."""
    verb = _infinitive_below(cue)
    if verb is None or verb.lemma_ in _UNNAMED or (cue.passive and agent(cue.head) is None and _modal(cue.head)):
        return None
    addressee = _object_noun(cue.head) or _addressed(cue)
    own = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    without = {own.i} if own is not None else set()
    tokens = [t for t in _subtree(verb, without) if t.i > max(x.i for x in cue.tokens)]
    if own is not None:
        tokens = [t for t in tokens if t.i > own.i]
    name = "to" if cue.takes("to") else "to0"
    while tokens and tokens[0].lower_ not in {"to", "not"} and tokens[0].dep_ != "neg":
        tokens = tokens[1:]
    return _made(cue, name, tokens, verb, own or addressee) if tokens else None


def _modal(verb: Token) -> bool:
    """True for what should or might be said, and so was not: "ought to be asked"."""
    return any(child.tag_ == "MD" for child in verb.children)


def _infinitive_below(cue: Cue) -> Token | None:
    direct = [c for c in cue.head.children if c.i > cue.head.i and _infinitive(c) and c.dep_ in {"xcomp", "ccomp"}]
    if direct:
        return direct[0]
    if cue.kind == "noun":
        return next((c for c in cue.head.children if _infinitive(c) and c.dep_ == "acl"), None)
    # The parser often hangs the infinitive on the noun before it: "asked [the ships to leave]".
    nouns = [c for c in (_object_noun(cue.head), _addressed(cue)) if c is not None]
    for noun in nouns:
        for child in noun.children:
            if _infinitive(child) and child.dep_ in {"acl", "relcl"}:
                return child
    return next(
        (c for c in cue.head.children if c.i > cue.head.i and _infinitive(c) and c.dep_ == "advcl" and nouns), None
    )


def _held(cue: Cue) -> Content | None:
    """A passive with an infinitive: "the jets [are believed] to have struck"; the subject is a run of its own."""
    if not cue.passive or not cue.takes("that"):
        return None
    verb = next((c for c in cue.head.children if c.dep_ == "xcomp" and _infinitive(c)), None)
    thing = _passive_subject(cue)
    if verb is None or thing is None or thing.lower_ in {"who", "which", "that"} or not _perfect(verb):
        return None
    start = [t for t in cue.head.doc[cue.head.sent.start : cue.head.i] if t.i <= thing.right_edge.i]
    return _made(cue, "held", start + _subtree(verb, set()), verb)


def _perfect(verb: Token) -> bool:
    """ "to have struck": what is said of the past is a claim, "is expected to leave" a forecast of the report's."""
    return any(child.dep_ == "aux" and child.lower_ == "have" for child in verb.children)


def _object_noun(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in {"dobj", "dative"} and phrases.nominal(c)), None)


def _addressed(cue: Cue) -> Token | None:
    """Whom the words are for by preposition: "called on Oran", "told to reporters"."""
    wanted = {name[:-1] for name in cue.frames if name.endswith("@")}
    for child in cue.head.children:
        if child.dep_ in {"prep", "dative"} and child.lower_ in wanted:
            found = next((c for c in child.children if c.dep_ == "pobj"), None)
            if found is not None:
                return found
    return None


def _gerund(cue: Cue) -> Content | None:
    verb = next((c for c in cue.head.children if c.dep_ in {"xcomp", "ccomp"} and c.tag_ == "VBG"), None)
    return _made(cue, "ving", _subtree(verb, set()), verb) if verb is not None and verb.i > cue.head.i else None


def _as(cue: Cue) -> Content | None:
    """An object and what it is described as."""
    link = next((c for c in cue.head.children if c.dep_ == "prep" and c.lower_ == "as"), None)
    thing = _object_noun(cue.head) or _passive_subject(cue)
    if link is None or thing is None or (cue.passive and agent(cue.head) is None):
        return None
    return _made(cue, "as", _subtree(thing, set()) + _subtree(link, set()), link)


def _passive_subject(cue: Cue) -> Token | None:
    return next((c for c in cue.head.children if c.dep_ == "nsubjpass"), None)


def _called(cue: Cue) -> Content | None:
    named = next((c for c in cue.head.children if c.dep_ == "oprd" and c.i > cue.head.i), None)
    if named is None:
        named = next(
            (c for c in cue.head.children if c.dep_ in {"ccomp", "xcomp"} and c.i > cue.head.i and c.pos_ != "VERB"),
            None,
        )
    if named is None:
        return None
    thing = _object_noun(cue.head) or _passive_subject(cue)
    tokens = _subtree(named, set()) + (_subtree(thing, set()) if thing is not None else [])
    if len(tokens) < 2:
        return None
    return _made(cue, "oprd", sorted(tokens, key=lambda t: t.i), named)


_ORDER = (
    ("that", _clause),
    ("that", _held),
    ("to", _to),
    ("to0", _to),
    ("ving", _gerund),
    ("oprd", _called),
    ("as", _as),
)


def _after_preposition(cue: Cue, frame: str) -> Content | None:
    """What follows a preposition of the cue, or of its object when the parser hung it there."""
    word, keep = frame[:-1], frame[-1] == "+"
    patient = _object_noun(cue.head) or _addressed(cue) or (_passive_subject(cue) if cue.passive else None)
    for preposition in _prepositions(cue, word, patient):
        below = [c for c in preposition.children if c.dep_ in {"pobj", "pcomp"}]
        if not below or below[0].ent_type_ in {"DATE", "TIME"}:
            continue
        root = below[0]
        tokens = _subtree(preposition, set())
        if not keep:
            tokens = [t for t in tokens if t.i != preposition.i]
        tokens = _with_tail(cue, tokens)
        return _made(cue, frame, tokens, root, patient)
    return None


def _prepositions(cue: Cue, word: str, patient: Token | None) -> list[Token]:
    """Prepositions of that word right of the cue, those that govern a gerund first."""
    owners = [cue.head] + (phrases.conjuncts(patient) if patient is not None else [])
    below = [t for owner in owners for t in owner.subtree if t.lower_ == word and t.dep_ == "prep" and t.i > cue.head.i]
    direct = [t for t in below if t.head == cue.head or t.head in owners]
    gerund = [t for t in below if any(c.dep_ == "pcomp" for c in t.children)]
    return [*(t for t in direct if t in gerund), *gerund, *direct] if word == "of" else direct


def _with_tail(cue: Cue, tokens: list[Token]) -> list[Token]:
    """Prepositional phrases of the cue that go on where the content ends: "praised the calm [in the new talks]"."""
    if not tokens:
        return tokens
    tokens = list(tokens)
    doc = cue.head.doc
    while tokens[-1].i + 1 < len(doc) and doc[tokens[-1].i + 1].text in {"”", "’", "''"}:
        tokens.append(doc[tokens[-1].i + 1])
    for child in cue.head.rights:
        if child.dep_ == "prep" and child.i == tokens[-1].i + 1 and not _adjunct(child):
            tokens += [t for t in _subtree(child, set()) if t.i > tokens[-1].i]
        elif child.is_punct and child.text in {"”", '"', "’", "“", "‘"} and child.i == tokens[-1].i + 1:
            tokens.append(child)
    return tokens


def _adjunct(preposition: Token) -> bool:
    """A phrase that says when or on what occasion something was said, not what."""
    noun = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    if noun is None:
        return True
    return (
        noun.ent_type_ in {"DATE", "TIME"} or noun.lemma_.lower() in _VENUE or preposition.lower_ in {"after", "during"}
    )


def _object(cue: Cue) -> Content | None:
    """A noun phrase as content: "condemned the attack"; the subject of a passive: "was condemned"."""
    thing = next((c for c in cue.head.children if c.dep_ == "dobj"), None)
    if thing is None and cue.passive and agent(cue.head) is not None:
        thing = _passive_subject(cue) or (cue.head.head if cue.head.dep_ == "acl" else None)
        return _made(cue, "obj", list(phrases.whole(thing)), thing) if thing is not None and _says(thing) else None
    if thing is None or not _says(thing):
        return None
    return _made(cue, "obj", _with_tail(cue, _subtree(thing, set())), thing)


def _says(thing: Token) -> bool:
    """False for objects that are no content of their own: pronouns, reflexives, times."""
    return thing.pos_ != "PRON" and thing.ent_type_ not in {"DATE", "TIME", "MONEY", "PERCENT"}


def _aside(cue: Cue) -> Content | None:
    """The sentence about a reporting clause that commas set off: "The port, he said, was hit", "… was hit, he said."."""
    block = _set_off(cue)
    if block is None:
        return None
    first, last = block
    doc, sent = cue.head.doc, _sentence(cue.head.doc, first, cue.head.sent)
    clause = None if _closes(doc, last) else _enclosing(cue)
    left = [token for token in doc[sent.start : first] if clause is None or token.i in clause]
    right = [token for token in doc[last + 1 : sent.end] if clause is None or token.i in clause]
    left = _own_part(left)
    if not any(token.pos_ in {"VERB", "AUX", "NOUN", "PROPN"} for token in left):
        return None
    if not _goes_on(doc, last, right):
        right = []
    return _made(cue, "that", _unmarked(left) + right, next((c for c in cue.head.children if c.dep_ == "ccomp"), None))


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
    edge = _left_edge(cue)
    if edge == 0 or cue.head.doc[edge - 1].text not in _SETTING_OFF:
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
    if not _may_be_aside(cue):
        return None
    block = _set_off(cue)
    if block is None or not _closes(cue.head.doc, block[1]):
        return None
    return cue.head.doc[block[0] - 1].idx


def _left_edge(cue: Cue) -> int:
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
    return at if at > 0 and doc[at - 1].text in _SETTING_OFF else edge


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
    if not words or words[0].tag_ in {"VBG", "WDT", "WP"} or words[0].lower_ in {"according", "citing", "who", "which"}:
        return False
    return last + 1 < len(doc) and doc[last + 1].is_punct


def _clause_top(verb: Token) -> Token:
    """The head of the clause that a sentence-level phrase comments on."""
    while verb.dep_ in {"conj", "aux", "auxpass", "xcomp", "prep", "pobj"} and verb.head != verb:
        verb = verb.head
    return verb


def _around(cue: Cue) -> Content | None:
    """For "according to X" and "citing X": the clause they comment on, without the comment."""
    own = {t.i for t in cue.head.subtree} | {t.i for token in cue.tokens for t in token.subtree}
    sent = cue.head.sent
    top = _governing_clause(cue.head)
    tokens = [t for t in (_subtree(top, {cue.head.i}) if top is not None else list(sent)) if t.i not in own]
    return _made(cue, "around", _trim_links(tokens), top if top is not None else sent.root)


def _governing_clause(token: Token) -> Token | None:
    """The clause an adverbial comments on: the whole sentence unless it stands inside a subordinate clause."""
    for verb in token.ancestors:
        if verb.dep_ in {"relcl", "acl"} or (verb.dep_ == "ccomp" and verb.head.i < verb.i):
            return verb
        if verb.dep_ == "conj" and verb.pos_ in {"VERB", "AUX"} and any(c.dep_ == "nsubj" for c in verb.children):
            return verb if token.i < verb.i else None
    return None


def _trim_links(tokens: list[Token]) -> list[Token]:
    return _unmarked(tokens)


def tidy(text: str, run: Range, spare: Iterable[Range] = ()) -> Range | None:
    """Cut blanks and loose punctuation off a range; marks that bound a quotation in ``spare`` stay.

    None when nothing is left.
    """
    start, end = run
    kept = tuple(spare)
    while start < end and text[start] in _EDGE + _MARKS and not any(a <= start < b for a, b in kept):
        start += 1
    while end > start and text[end - 1] in _EDGE and not any(a <= end - 1 < b for a, b in kept):
        end -= 1
    return (start, end) if any(c.isalnum() for c in text[start:end]) else None
