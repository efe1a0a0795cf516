"""A content as spans: runs of tokens, and what is trimmed off their ends because it is the reporter's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from extract.cues import SUBJECTS, Cue
from extract.model import Mode

Range = tuple[int, int]


_EDGE = " \t\n.,;:–—-"


_COMMENTS = frozenset(
    {
        "something", "charge", "claim", "accusation", "allegation", "move", "message", "metaphor", "reference",
        "play", "nod", "swipe", "dig", "jab", "phrase", "view", "position", "argument", "stance", "assertion", "remark",
    }
)  # fmt: skip
"""Nouns by which a reporter takes up what was said: ", a charge the army denies"."""

_LED_TO = frozenset({"lead", "leave", "result", "kill", "wound", "injure", "cause", "destroy", "damage"})
"""What a deed that is told had as its result: ", which killed three" goes on with it."""

_CONCEDING = frozenset({"although", "though"})

_SETS_OFF = frozenset({",", "—", "–", "--", "―"})

_MARKS = '"”’»'


_LINKS = frozenset(
    {"that", "however", "meanwhile", "moreover", "furthermore", "nevertheless", "nonetheless", "yet", "in addition"}
)
"""Words by which a reporter joins a sentence to the one before."""
_LINK = 4
_BEFORE_THAT = 9
"""Most words between a cue and the "that" of what it reports."""


_VENUE = frozenset({"statement", "interview", "speech", "address", "tweet", "post", "letter", "conference", "briefing"})


_CHANNELS = frozenset(
    {
        "website", "twitter", "facebook", "medium", "radio", "television", "tv", "show", "ruling", "interview", "forum",
        "visit", "stop", "rally", "hearing", "appearance", "testimony", "memo", "editorial", "column", "page",
    }
)  # fmt: skip
"""Where something is praised or condemned. Of a reported clause the same phrase may say where something happens."""
_THINGS = frozenset({"obj", "as", "oprd"})
_CLOSE, _VISIT = 8, 20
"""Most words of a venue, and of a visit with its place and purpose."""
_OCCASIONS = _VENUE | {
    "convention",
    "time",
    "debate",
    "hearing",
    "meeting",
    "questioning",
    "rally",
    "summit",
    "testimony",
}
_LEADS = frozenset({"ADP", "DET", "NOUN", "PROPN", "ADV"})
_SUBJECTS = frozenset({"DET", "PRON", "PROPN", "NOUN", "NUM", "ADJ"})


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


def chars(tokens: Iterable[Token]) -> Range:
    """Character range from the first to the last of some tokens."""
    listed = list(tokens)
    first = min(listed, key=lambda t: t.i)
    last = max(listed, key=lambda t: t.i)
    return first.idx, last.idx + len(last.text)


def subtree(head: Token, without: set[int]) -> list[Token]:
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
    linking = token.tag_ in {"WDT", "WP", "CC"} or token.dep_ in {"mark", "cc"}
    return token.is_punct or token.is_space or linking or token.lower_ in _LINKS


def _without_gloss(tokens: list[Token]) -> list[Token]:
    """Tokens without a closing background clause that the reporter sets off: ", annexed in 1902", ", where … live"."""
    for at in range(len(tokens) - 1, 0, -1):
        if tokens[at].text not in _SETS_OFF or at + 1 >= len(tokens):
            continue
        rest = {t.i for t in tokens[at + 1 :]}
        tops = [t for t in tokens[at + 1 :] if t.head.i not in rest and not t.is_punct]
        if len(tops) == 1 and _gloss(tops[0]) and tops[0].head.i in {t.i for t in tokens[:at]}:
            return tokens[:at]
    return tokens


def _gloss(top: Token) -> bool:
    if top.dep_ == "relcl":
        own = {child.lower_ for child in top.children}
        if "where" in own and any(child.tag_ == "MD" for child in top.children):
            return False  # "…, where others would follow": what the speaker expects
        return bool(own & {"where", "who", "whose"}) or ("which" in own and _of_the_past(top))
    if top.dep_ == "acl" and top.tag_ == "VBN":
        return top.head.pos_ == "PROPN"
    if top.dep_ == "advcl":
        first = top.left_edge
        return first.dep_ == "mark" and first.head == top and first.lower_ in _CONCEDING
    return top.dep_ == "appos" and (top.lemma_.lower() in _COMMENTS or _explains_name(top))


def _explains_name(noun: Token) -> bool:
    """True for a description of a name that all know: ", the only port of the valley"."""
    own = {child.dep_ for child in noun.children}
    named = noun.head.pos_ == "PROPN" and noun.head.ent_type_ not in {"GPE", "LOC", "FAC"}
    return named and noun.pos_ == "NOUN" and "det" in own and "conj" not in own


def _of_the_past(clause: Token) -> bool:
    """True for what was once done with a thing that has a name: ", which Oran annexed in 1902"."""
    if any(c.tag_ == "MD" for c in clause.children):
        return False
    if clause.tag_ == "VBD":
        return clause.lemma_.lower() not in _LED_TO
    done = any(c.dep_ in {"aux", "auxpass"} and c.tag_ == "VBD" for c in clause.children)
    return done and clause.head.pos_ == "PROPN"


def made(cue: Cue, frame: str, tokens: list[Token], root: Token | None, to: Token | None = None) -> Content | None:
    """A content of some tokens in text order, closing glosses and venues left out; None when no word is left.

    :param root: the head of the content.
    :param to: the noun it is addressed to.
    """
    kept = tokens if frame == "around" else _without_venue(_without_gloss(tokens), frame)
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


def _without_venue(tokens: list[Token], frame: str) -> list[Token]:
    """Tokens without a closing phrase that says where the words were said: "in a statement"; of what is praised or
    condemned also "on its website", "during a visit".
    """
    venues, reach = (_VENUE | _CHANNELS, _VISIT) if frame in _THINGS else (_VENUE, _CLOSE)
    for at in range(len(tokens) - 1, max(0, len(tokens) - reach), -1):
        token = tokens[at]
        if token.dep_ == "prep" and token.lower_ in {"in", "during", "on", "at"} and at:
            noun = next((c for c in token.children if c.dep_ == "pobj"), None)
            rest = {t.i for t in tokens[at:]}
            inside = venues is not _VENUE and token.head.pos_ in {"VERB", "AUX"} and token.head in tokens
            if noun is None or inside:
                continue
            if noun.lemma_.lower() in venues and rest <= {t.i for t in token.subtree}:
                return _undated(tokens[:at]) if frame in _THINGS else tokens[:at]
    return tokens


def _undated(tokens: list[Token]) -> list[Token]:
    """Tokens without a day that stands bare at their end: "called it a trap [Friday] on the radio"."""
    end = len(tokens)
    while end > 1 and tokens[end - 1].ent_type_ in {"DATE", "TIME"} and tokens[end - 1].dep_ == "npadvmod":
        end -= 1
    return tokens[:end]


def unmarked(tokens: list[Token]) -> list[Token]:
    """Tokens without a leading conjunction "that", leading marks and a word by which the reporter links sentences."""
    tokens = _unlinked(tokens)
    start = 0
    while start < len(tokens) and (
        (tokens[start].lower_ == "that" and (tokens[start].dep_ == "mark" or _stray_that(tokens[start])))
        or (tokens[start].is_punct and tokens[start].text not in {"“", '"', "‘", "«", "'"})
        or (tokens[start].dep_ == "cc")
    ):
        start += 1
    return tokens[start:]


def _unlinked(tokens: list[Token]) -> list[Token]:
    """Tokens without "However," or "In addition," at their head."""
    comma = next((at for at, token in enumerate(tokens[:_LINK]) if token.text == ","), 0)
    words = " ".join(token.lower_ for token in tokens[:comma])
    return tokens[comma + 1 :] if words in _LINKS else tokens


def after_time(tokens: list[Token]) -> list[Token]:
    """Tokens right of a cue without what says when or on what occasion it was said: "[on Friday] that …"."""
    for at, token in enumerate(tokens[:_BEFORE_THAT]):
        if at and _opens_clause(token, tokens[at - 1]):
            return tokens[at + (token.lower_ == "that") :] if tokens[0].pos_ in _LEADS else tokens
        if token.is_punct or token.pos_ in {"VERB", "AUX", "PRON"}:
            break
    return tokens


def _opens_clause(token: Token, before: Token) -> bool:
    """True for "that" with a subject after it, and for a pronoun right after a date or an occasion."""
    dated = before.ent_type_ in {"DATE", "TIME"} or before.lemma_.lower() in _OCCASIONS
    if token.lower_ == "that":
        return token.dep_ == "mark" or (dated and token.i + 1 < len(token.doc) and token.nbor().pos_ in _SUBJECTS)
    return dated and token.tag_ == "PRP" and token.dep_ in SUBJECTS


def _stray_that(token: Token) -> bool:
    """A conjunction that the tagger took for a demonstrative: "assured them that help was near"."""
    if token.dep_ != "det" or not token.i:
        return False
    return token.nbor(-1).pos_ in {"PRON", "PROPN", "NOUN"} or "Plur" in token.head.morph.get("Number", [])


def is_adjunct(preposition: Token) -> bool:
    """A phrase that says when or on what occasion something was said, not what."""
    noun = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    if noun is None:
        return preposition.lower_ not in {"for", "of", "about", "against", "as"}
    return (
        noun.ent_type_ in {"DATE", "TIME"} or noun.lemma_.lower() in _VENUE or preposition.lower_ in {"after", "during"}
    )


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
