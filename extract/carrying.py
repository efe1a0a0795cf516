"""What reading statements hands on: from paragraph to paragraph, and from finding a statement to building it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from extract.cues import Cue
from extract.model import ActorMention, Form, Mode, Span, Statement


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
