"""Who gives a number: the innermost source to which the report attributes the words, else the report itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from extract.actors import ActorIndex
from extract.count_candidates import Candidate
from extract.model import REPORTER, Span, Statement
from extract.phrases import whole

REPORTS = "reports"
_REPORTEDLY = re.compile(
    r"\b(?:reportedly|allegedly|unconfirmed reports?|reports? (?:of|that|say|said|suggest))\b", re.IGNORECASE
)
_CITING = frozenset({"cite", "quote"})


@dataclass(frozen=True, slots=True)
class Claimant:
    """Canonical name, the words it rests on, and the side it speaks for."""

    name: str = REPORTER
    words: Span | None = None
    side: str | None = None


def claimant_of(candidate: Candidate, number: Span, statements: Sequence[Statement], actors: ActorIndex) -> Claimant:
    """The claimant of the count whose numeral is ``number``."""
    hedge = _hedge(candidate)
    source = _source_in_clause(candidate, actors)
    if source is not None:
        return source
    covering = [s for s in statements if s.covers(number)]
    if covering and not _is_aside(candidate, covering):
        inner = min(covering, key=lambda s: sum(len(run.text) for run in s.runs))
        if inner.speaker is not None or inner.speaker_name:
            return Claimant(_named(inner), inner.speaker, inner.side)
        return Claimant(REPORTS, inner.cue)
    if hedge is not None:
        return Claimant(REPORTS, hedge)
    return Claimant()


def _named(statement: Statement) -> str:
    return statement.speaker_name or (statement.speaker.text if statement.speaker else REPORTER)


def _hedge(candidate: Candidate) -> Span | None:
    """ "reportedly" in the clause of the count."""
    sent = candidate.number.sent
    for match in _REPORTEDLY.finditer(sent.text):
        start = sent.start_char + match.start()
        token = next((t for t in sent if t.idx <= start < t.idx + len(t)), None)
        if token is not None and _same_clause(token, candidate.head):
            return candidate.passage.span(start, sent.start_char + match.end())
    return None


def _same_clause(token: Token, head: Token) -> bool:
    verb = token.head if token.pos_ == "ADV" else token
    return verb == head or verb in head.ancestors or _clause(verb) == _clause(head)


def _clause(token: Token) -> Token:
    return next((a for a in (token, *token.ancestors) if a.pos_ in ("VERB", "AUX")), token)


def _source_in_clause(candidate: Candidate, actors: ActorIndex) -> Claimant | None:
    """ "…, citing the ministry" on the verb above the count."""
    for above in candidate.head.ancestors:
        for child in above.children:
            if child.dep_ == "advcl" and child.lemma_.lower() in _CITING and child.tag_ == "VBG":
                source = next((c for c in child.children if c.dep_ == "dobj"), None)
                if source is not None:
                    return _claimant(candidate, source, actors)
    return None


def _claimant(candidate: Candidate, source: Token, actors: ActorIndex) -> Claimant | None:
    mention = actors.of(candidate.passage, source)
    if mention is None:
        return Claimant(whole(source).text, candidate.passage.of(whole(source)))
    return Claimant(mention.name, mention.span, mention.side)


def _is_aside(candidate: Candidate, covering: Sequence[Statement]) -> bool:
    """A comma-set clause of background ("…, where 200 have died") inside indirect speech is the report's own."""
    if any(s.form == "direct" for s in covering):
        return False
    for above in candidate.head.ancestors:
        if above.dep_ == "relcl":
            opener = above.left_edge
            comma = opener.i > 0 and opener.nbor(-1).text == ","
            starts = candidate.passage.of(opener).start
            return comma and all(starts > s.content.start for s in covering)
    return False
