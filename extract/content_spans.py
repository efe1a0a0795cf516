"""A content as spans: runs of tokens, and what is trimmed off their ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from extract.cues import SUBJECTS, Cue
from extract.glosses import VENUES, without_gloss, without_venue
from extract.model import Mode

Range = tuple[int, int]


_EDGE = " \t\n.,;:–—-"


_MARKS = '"”’»'


_LINKS = frozenset(
    {"that", "however", "meanwhile", "moreover", "furthermore", "nevertheless", "nonetheless", "yet", "in addition"}
)
"""Words by which a reporter joins a sentence to the one before."""
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr"})
_LINK = 4
_BEFORE_THAT = 9
"""Most words between a cue and the "that" of what it reports."""


_MEETINGS = frozenset({"convention", "debate", "hearing", "meeting", "questioning", "rally", "summit", "testimony"})
_OCCASIONS = VENUES | _MEETINGS | {"time"}
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
    """Marks, blanks and words that only link: no run of a content consists of them alone.

    A relative or interrogative word that something is said of does not only link: "[which], he said, [is shut]".
    """
    relative = token.tag_ in {"WDT", "WP"} and token.dep_ not in _ARGUMENTS
    linking = relative or token.tag_ == "CC" or token.dep_ in {"mark", "cc"}
    return token.is_punct or token.is_space or linking or token.lower_ in _LINKS


def made(cue: Cue, frame: str, tokens: list[Token], root: Token | None, to: Token | None = None) -> Content | None:
    """A content of some tokens in text order, closing glosses and venues left out; None when no word is left.

    :param root: the head of the content.
    :param to: the noun it is addressed to.
    """
    kept = tokens if frame == "around" else without_venue(without_gloss(tokens), frame)
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
        noun.ent_type_ in {"DATE", "TIME"} or noun.lemma_.lower() in VENUES or preposition.lower_ in {"after", "during"}
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
