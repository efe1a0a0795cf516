"""Who gives a number: the innermost source to which the report attributes the words, else the report itself.

In order: a source cited in the count's own clause ("citing the ministry", "according to information from X"), the
innermost statement that covers the number, a verb of speech above the count that no statement was made of, a hedge
("reportedly"), and the claimant of the count before when an elliptical sentence goes on ("23 others were wounded").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from spacy.tokens import Token

from extract.actors import ActorIndex
from extract.count_candidates import Candidate
from extract.covering import Covering
from extract.lexicon import by_word
from extract.model import REPORTER, Count, Span, Statement
from extract.phrases import whole, without_article

REPORTS = "reports"
_REPORTEDLY = re.compile(
    r"\b(?:reportedly|allegedly|unconfirmed reports?|reports? (?:of|that|say|said|suggest))\b", re.IGNORECASE
)
_CITING = frozenset({"cite", "quote"})
_INFORMATION = frozenset({
    "information", "figure", "data", "number", "report", "statement", "account", "estimate", "tally", "count", "source",
    "statistic", "toll", "list", "update", "bulletin",
})  # fmt: skip
_GIVERS = frozenset({"by", "from", "of"})
_DEEP, _WIDEST, _HEDGES = 40, 40, 8
"""Words above a count, dependents of a word and hedges of a sentence that are looked at: more only hostile text has."""
_OTHERS = frozenset({"other", "another", "more"})


@dataclass(frozen=True, slots=True)
class Claimant:
    """Canonical name, the words it rests on, and the side it speaks for."""

    name: str = REPORTER
    words: Span | None = None
    side: str | None = None


class Claimants:
    """Finds the claimants of the counts of one report."""

    def __init__(self, statements: Sequence[Statement], actors: ActorIndex) -> None:
        self._covering = Covering(statements)
        self._actors = actors
        self._hedges: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def of(self, candidate: Candidate, number: Span, before: tuple[Candidate, Count] | None) -> Claimant:
        """The claimant of the count whose numeral is ``number``; ``before`` is the count before it in the passage."""
        covering = self._covering.of(number)
        cited = self._cited(candidate, covering)
        if cited is not None:
            return cited
        if covering and not _is_aside(candidate, number, covering):
            named = [s for s in covering if s.speaker is not None or s.speaker_name]
            return _of_statement(min(named or covering, key=lambda s: sum(len(run.text) for run in s.runs)))
        said = None if covering else self._said(candidate)
        if said is not None:
            return said
        hedge = self._hedge(candidate)
        if hedge is not None:
            return Claimant(REPORTS, hedge)
        if before is not None and not covering and _goes_on(candidate, before[0]):
            count = before[1]
            words = next((s.speaker for s in self._covering.of(count.number)), None)
            return Claimant(count.claimant, words, count.claimant_side)
        return Claimant()

    def _cited(self, candidate: Candidate, covering: Sequence[Statement]) -> Claimant | None:
        """ "…, citing the ministry" or, inside somebody's words, "according to figures from X"."""
        for above in (candidate.head, *islice(candidate.head.ancestors, _DEEP)):
            for child in islice(above.children, _WIDEST):
                source = _source(child, quoted=bool(covering))
                if source is not None:
                    return self._named(candidate, source)
        return None

    def _said(self, candidate: Candidate) -> Claimant | None:
        """The subject of a verb of speech whose clause holds the count: for what the statements missed."""
        aside = _comma_clause(candidate)
        below = candidate.head
        for above in islice(candidate.head.ancestors, _DEEP):
            if above.lemma_.lower() in _cues() and _is_clause_of(candidate, below):
                subject = next((c for c in above.children if c.dep_ == "nsubj" and c.tag_ not in ("WDT", "WP")), None)
                outside = aside is None or above.i > candidate.head.i
                if outside and subject is not None and candidate.head not in subject.subtree:
                    return self._named(candidate, subject)
            below = above
        return None

    def _hedge(self, candidate: Candidate) -> Span | None:
        """ "reportedly" in the clause of the count."""
        sent = candidate.number.sent
        key = id(sent.doc), sent.start
        if key not in self._hedges:
            found = islice(_REPORTEDLY.finditer(sent.text), _HEDGES)
            self._hedges[key] = [(sent.start_char + m.start(), sent.start_char + m.end()) for m in found]
        for start, end in self._hedges[key]:
            words = sent.doc.char_span(start, end, alignment_mode="expand")
            if words is not None and _same_clause(words[0], candidate.head):
                return candidate.passage.span(start, end)
        return None

    def _named(self, candidate: Candidate, source: Token) -> Claimant:
        mention = self._actors.of(candidate.passage, source)
        if mention is None:
            words = whole(source)
            return Claimant(without_article(words.text), candidate.passage.of(words))
        return Claimant(mention.name, mention.span, mention.side)


def _is_clause_of(candidate: Candidate, below: Token) -> bool:
    """True when the word below a verb of speech heads what is said, or is the count itself where the parse took the
    subject of what is said for the object of the verb; "claimed the lives of 40" says nothing.
    """
    if below.dep_ in ("ccomp", "parataxis"):
        return True
    number = candidate.number
    if candidate.head.lemma_.lower() == "life":
        return False
    return below == candidate.head or (below.i < number.start and below.i >= number.start - 2 and below.dep_ == "prep")


def _of_statement(statement: Statement) -> Claimant:
    if statement.speaker is None and not statement.speaker_name:
        return Claimant(REPORTS, statement.cue)
    name = statement.speaker_name or (statement.speaker.text if statement.speaker else REPORTER)
    return Claimant(name, statement.speaker, statement.side)


@lru_cache(maxsize=1)
def _cues() -> frozenset[str]:
    return frozenset(word for word, row in by_word("cues").items() if "that" in row["frames"].split("|"))


def _source(child: Token, *, quoted: bool) -> Token | None:
    """The source that a modifier of the clause names; None for other modifiers."""
    if child.dep_ == "advcl" and child.lemma_.lower() in _CITING and child.tag_ == "VBG":
        return next((c for c in child.children if c.dep_ == "dobj"), None)
    if child.lower_ != "according" or not quoted:
        return None
    told = next((o for to in child.children if to.lower_ == "to" for o in to.children if o.dep_ == "pobj"), None)
    return _giver(told) if told is not None and told.lemma_.lower() in _INFORMATION else None


def _giver(information: Token) -> Token | None:
    """Who gathered or gave "information": after "from", "by" or "of"."""
    for token in information.subtree:
        if token.lower_ in _GIVERS and token.dep_ in ("prep", "agent"):
            found = next((c for c in token.children if c.dep_ == "pobj"), None)
            if found is not None:
                return found
    return None


def _same_clause(token: Token, head: Token) -> bool:
    verb = token.head if token.pos_ == "ADV" else token
    return verb == head or verb in head.ancestors or _clause(verb) == _clause(head)


def _clause(token: Token) -> Token:
    return next((a for a in (token, *token.ancestors) if a.pos_ in ("VERB", "AUX")), token)


def _is_aside(candidate: Candidate, number: Span, covering: Sequence[Statement]) -> bool:
    """A comma-set clause of background ("…, where 200 have died") at the end of indirect speech is the report's own."""
    if any(s.form == "direct" or (s.cue is not None and s.cue.start > number.end) for s in covering):
        return False
    verb = _comma_clause(candidate)
    if verb is None:
        return False
    starts = candidate.passage.of(verb.left_edge).start
    return all(starts > s.content.start for s in covering)


def _comma_clause(candidate: Candidate) -> Token | None:
    """The verb of a comma-set relative clause of background that holds the count, None when it is in no such clause."""
    for above in candidate.head.ancestors:
        if above.dep_ == "relcl":
            opener = above.left_edge
            comma = opener.i > 0 and opener.nbor(-1).text == ","
            return above if comma and _is_background(above) else None
    return None


def _is_background(verb: Token) -> bool:
    """Perfect or present: what is so anyway; a simple past ("which led to 14 deaths") goes on with the account."""
    return verb.tag_ in ("VBP", "VBZ") or any(
        c.dep_ in ("aux", "auxpass") and c.lemma_ in ("have", "be") for c in verb.children
    )


def _goes_on(candidate: Candidate, before: Candidate) -> bool:
    """True for an elliptical count in the sentence after another: "23 others were wounded", "At least 10 were hurt"."""
    gap = candidate.number.sent.start - before.number.sent.end
    near = (candidate.number.doc is before.number.doc and -1 <= gap <= 0) or candidate.number.sent == before.number.sent
    elliptical = (
        candidate.noun is None and candidate.stand_in is None and not _is_definite(candidate)
    ) or candidate.includes
    others = candidate.noun is not None and candidate.noun.lemma_.lower() in _OTHERS
    return near and (elliptical or others)


def _is_definite(candidate: Candidate) -> bool:
    start = candidate.number.start
    return start > 0 and candidate.number.doc[start - 1].lower_ == "the"
