"""What reading statements hands on: from paragraph to paragraph, and from finding a statement to building it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from extract.cues import Cue
from extract.model import ActorMention, Form, Mode, Span, Statement
from extract.quotations import Quotation


@dataclass(slots=True)
class Carry:
    """What one paragraph hands to the next: who spoke last, a cue whose quotation is still to come, and the direct
    statement that a paragraph ended with, which a bare quotation goes on with.
    """

    speaker: ActorMention | None = None
    pending: Pending | None = None
    direct: Statement | None = None
    transcript: bool = False


@dataclass(frozen=True, slots=True)
class Pending:
    """A reporting clause at the end of a paragraph whose words begin the next one."""

    cue: Span
    speaker: Span | None
    mention: ActorMention | None
    mode: Mode


@dataclass(frozen=True, slots=True)
class Found:
    """What a statement is built from."""

    cue: Cue | None
    speaker: Token | None
    mention: ActorMention | None
    form: Form
    mode: Mode
    addressee: Token | None = None
    link: Token | None = None


def joined(first: Statement, further: Sequence[Span]) -> Statement:
    """A direct statement with more quoted words; the longest run is its content."""
    runs = [first.content, *first.more, *further]
    main = max(runs, key=lambda span: span.end - span.start)
    return replace(first, content=main, more=tuple(sorted(run for run in runs if run != main)))


def left_open(found: Sequence[Statement], quotes: Sequence[Quotation]) -> Statement | None:
    """The statement of a paragraph that is one quotation, not closed and signed by nobody; None for any other."""
    alone = len(found) == 1 and len(quotes) == 1 and not quotes[0].closed and quotes[0].start == 0
    return found[0] if alone and found[0].cue is None and found[0].speaker is None else None


def handed_back(found: Sequence[Statement], unclosed: Statement) -> list[Statement] | None:
    """The statements of a paragraph that goes on with a quotation which the one before left open, that quotation joined
    to the first of them: its speaker is named only at the end. None when the paragraph does not go on with it.
    """
    first = min(found, key=_start, default=None)
    if first is None or first.form != "direct" or first.cue is None or first.speaker is None:
        return None
    if first.content.start > first.cue.start:
        return None
    return [joined(each, unclosed.runs) if each is first else each for each in found]


def rejoined(found: Sequence[Statement]) -> list[Statement]:
    """The statements of one paragraph, bare quotations joined to what the same speaker said last in it:
    "The port may close, Okoro said. “We have no choice.”" is one statement.
    """
    kept: list[Statement] = []
    for statement in sorted(found, key=_start):
        before = kept[-1] if kept else None
        if before is not None and _bare(statement) and _same(before, statement):
            spans = (statement.content, *statement.more)
            form: Form = "direct" if before.form == "direct" else "mixed"
            kept[-1] = replace(joined(before, spans), form=form)
        else:
            kept.append(statement)
    return kept


def _start(statement: Statement) -> int:
    return min(span.start for span in (statement.content, *statement.more))


def _bare(statement: Statement) -> bool:
    return statement.cue is None and statement.speaker is None and statement.form == "direct"


def _same(before: Statement, bare: Statement) -> bool:
    """True when the last statement has a cue of saying and the same speaker."""
    named = before.speaker_name is not None and before.speaker_name == bare.speaker_name
    return named and before.cue is not None and before.mode != "attitude"


def distinct(found: Sequence[Statement]) -> list[Statement]:
    """One statement for each cue and content; a passive without a speaker yields to the cue that took its words."""
    kept = {(_anchor(s), s.cue): s for s in found}
    spoken = {s.content for s in kept.values() if s.speaker is not None}
    return [s for s in kept.values() if s.speaker is not None or s.cue is None or s.content not in spoken]


def _anchor(statement: Statement) -> Span:
    """What two readings of one statement share: its cue or the name before it when its words go on elsewhere."""
    if statement.form == "direct" and statement.cue is None and statement.speaker is not None:
        return statement.speaker
    return statement.cue if statement.form == "direct" and statement.cue else statement.content
