"""From what was found of a statement to the record: spans in the report, form, mode, addressee and confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from extract.actors import ActorIndex
from extract.carrying import Found
from extract.content_spans import Content, Range
from extract.cues import Cue
from extract.model import ActorMention, Form, Mode, Span, Statement
from extract.modes import mode_of
from extract.quotations import Quotation
from extract.sentences import Passage
from extract.speakers import described
from extract.statement_confidence import confidence, doubts


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds the statements of one paragraph; ``text`` is that of its document, which spaCy builds anew when asked."""

    passage: Passage
    actors: ActorIndex
    text: str
    quotes: tuple[Quotation, ...] = ()

    def mention(self, speaker: Token | None) -> ActorMention | None:
        """Whom a noun names, None when it names nobody or is None."""
        return self.actors.of(self.passage, speaker) if speaker is not None else None

    def form(self, runs: Sequence[Range], content: Content) -> Form:
        """Whether the words are quoted, told, or both."""
        touched = [q for q in self.quotes if any(q.start < b and a < q.end for a, b in runs)]
        wished = content.frame == "to0" and content.mode == "attitude"  # what one wants to do was not said in words
        if not touched or wished or content.frame in {"around", "before"}:
            return "indirect"
        bounded = all(any((q.start, q.end) == run for q in touched) for run in runs)
        return "direct" if bounded and content.frame == "that" else "mixed"

    def build(self, runs: Sequence[Range], found: Found) -> Statement:
        """The record of a statement whose words stand in ``runs``; the longest of them is its content."""
        spans = [self.passage.span(*run) for run in runs]
        main = max(spans, key=lambda span: span.end - span.start)
        to = self.mention(found.addressee)
        speaker, cue = found.mention, found.cue
        mode = self._mode(runs, found)
        return Statement(
            content=main,
            cue=self.cue_span(cue, found.link) if cue else None,
            speaker=self._words_of(found.speaker, cue, runs) if found.speaker is not None else None,
            speaker_name=speaker.name if speaker else None,
            side=speaker.side if speaker else None,
            form=found.form,
            mode=mode,
            more=tuple(sorted(span for span in spans if span != main)),
            addressee=to.name if to else None,
            confidence=confidence(doubts(found, mode, listed=self._listed(speaker))),
        )

    def _listed(self, speaker: ActorMention | None) -> bool:
        sides = {actor.side for actor in speaker.actors if actor.side} if speaker is not None else set()
        return all(self.actors.book.find(side) is not None for side in sides)

    def _mode(self, runs: Sequence[Range], found: Found) -> Mode:
        doc, resolve = self.passage.doc, self.actors.joint
        return mode_of(found.mode, doc, list(runs), text=self.text, speaker=found.mention, resolve=resolve)

    def _words_of(self, speaker: Token, cue: Cue | None, runs: Sequence[Range]) -> Span:
        """The words that name a speaker, without the cue and what is reported."""
        said = (self.passage.doc.char_span(*run, alignment_mode="expand") for run in runs)
        barred = {token.i for span in said if span is not None for token in span}
        if cue is not None:
            barred |= {token.i for token in cue.tokens}
        return self.passage.of(described(speaker, frozenset(barred)))

    def cue_span(self, cue: Cue, link: Token | None) -> Span:
        """The words of a cue, with the preposition that belongs to it."""
        end = link.idx + len(link.text) if link is not None else cue.end
        return self.passage.span(cue.start, max(end, cue.end))
