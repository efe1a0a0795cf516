"""Statements: every attributed proposition of a report, with speaker, cue, exact words, form, mode and addressee.

Three passes over each paragraph: quotations find the cue beside them, cues find their content in the grammar, and
what is left bare carries the speaker of the quotation before it. A speaker is resolved through the report's actors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from extract import phrases
from extract.actors import ActorIndex
from extract.contents import Content, Range, content_of, tidy
from extract.cues import Cue, agent, find_cues, holder, subject
from extract.model import ActorMention, Form, Span, Statement, in_text_order
from extract.modes import mode_of
from extract.quotations import Quotation, quotations
from extract.quoting import Quoted, attribute, close_open
from extract.sentences import Passage


def find_statements(passages: Sequence[Passage], actors: ActorIndex) -> tuple[Statement, ...]:
    """The statements of a report in text order; teasers and boilerplate are not read."""
    found: list[Statement] = []
    carry = _Carry()
    for passage in passages:
        if passage.kind == "body":
            found += _Reader(passage, actors, carry).read()
    return in_text_order(_distinct(found))


@dataclass(slots=True)
class _Carry:
    """What one paragraph hands to the next: who spoke last, and whether a quotation is still open."""

    speaker: ActorMention | None = None
    open: bool = False


@dataclass(slots=True)
class _Reader:
    passage: Passage
    actors: ActorIndex
    carry: _Carry
    quotes: tuple[Quotation, ...] = ()
    taken: list[Range] = field(default_factory=list)

    def read(self) -> Iterator[Statement]:
        self.quotes = close_open(self.passage.doc, quotations(self.passage.doc.text))
        cues = [cue for cue in find_cues(self.passage.doc) if not self._inside_quote(cue.start)]
        quoted = attribute(self.passage.doc, self.quotes, cues)
        used = set()
        for item in quoted:
            statement = self._direct(item)
            if statement:
                if item.cue is not None:
                    used.add(item.cue.head.i)
                yield statement
        for cue in cues:
            if cue.head.i not in used:
                yield from self._indirect(cue)

    def _inside_quote(self, at: int) -> bool:
        return any(quote.covers(at) and len(quote.words(self.passage.doc.text).split()) > 3 for quote in self.quotes)

    def _direct(self, item: Quoted) -> Statement | None:
        speaker = item.speaker if item.speaker is not None else None
        mention = self.actors.of(self.passage, speaker) if speaker is not None else None
        if item.cue is None:
            mention = self.carry.speaker
            if mention is None:
                return None
        text = self.passage.doc.text
        spans = [(quote.start, quote.end) for quote in item.quotes]
        runs = [run for quote, span in zip(item.quotes, spans, strict=True)
                if (run := tidy(text, span, [span] if quote.closed else [(quote.start, quote.start + 1)]))]
        if not runs:
            return None
        self.taken += runs
        self.carry.speaker = mention or self.carry.speaker
        addressee = _addressee_token(item.cue) if item.cue else None
        return self._build(runs, item.cue, speaker, mention, "direct", addressee, None)

    def _indirect(self, cue: Cue) -> Iterator[Statement]:
        content = content_of(cue)
        if content is None:
            return
        runs = self._settle(content, cue)
        if not runs:
            return
        speaker = speaker_of(cue)
        if speaker is not None and speaker.lower_ in {"you", "one"}:
            return
        mention = self.actors.of(self.passage, speaker) if speaker is not None else None
        if mention is not None:
            self.carry.speaker = mention
        form = self._form(runs, content)
        addressee = content.addressee if content.frame not in {"obj", "as", "oprd"} else None
        yield self._build(runs, cue, speaker, mention, form, addressee, content)

    def _settle(self, content: Content, cue: Cue) -> list[Range]:
        """Runs of the content, snapped to the quotations they cut and trimmed."""
        text = self.passage.doc.text
        bounds = [(quote.start, quote.end if quote.closed else quote.start + 1) for quote in self.quotes]
        settled = []
        for run in content.runs:
            start, end = run
            for quote in self.quotes:
                if quote.start < end and start < quote.end:
                    if start > quote.start and not quote.start < cue.start < start:
                        start = quote.start
                    end = max(end, quote.end)
            tidied = tidy(text, (start, end), bounds)
            if tidied:
                settled.append(tidied)
        return settled

    def _form(self, runs: list[Range], content: Content) -> Form:
        touched = [q for q in self.quotes if any(q.start < b and a < q.end for a, b in runs)]
        if not touched:
            return "indirect"
        bounded = all(any((q.start, q.end) == run for q in touched) for run in runs)
        return "direct" if bounded and content.frame == "that" else "mixed"

    def _build(
        self,
        runs: list[Range],
        cue: Cue | None,
        speaker: Token | None,
        mention: ActorMention | None,
        form: Form,
        addressee: Token | None,
        content: Content | None,
    ) -> Statement:
        spans = [self.passage.span(*run) for run in runs]
        main = max(spans, key=lambda span: span.end - span.start)
        to = self.actors.of(self.passage, addressee) if addressee is not None else None
        name = mention.name if mention else None
        return Statement(
            content=main,
            cue=self.passage.span(cue.start, cue.end) if cue else None,
            speaker=self._speaker_span(speaker),
            speaker_name=name,
            side=mention.side if mention else None,
            form=form,
            mode=mode_of(cue, content, main.text, mention),
            more=tuple(sorted(span for span in spans if span != main)),
            addressee=to.name if to else None,
        )

    def _speaker_span(self, speaker: Token | None) -> Span | None:
        return self.passage.of(phrases.whole(speaker)) if speaker is not None else None


def speaker_of(cue: Cue) -> Token | None:
    """The noun that names the speaker of a cue, None when nobody is named; for documents whose words they hold."""
    found = _voice(cue)
    return holder(found) if found is not None else None


def _voice(cue: Cue) -> Token | None:
    if cue.kind == "according":
        return next((c for c in cue.tokens[-1].children if c.dep_ == "pobj"), None)
    if cue.kind == "citing":
        return next((c for c in cue.head.children if c.dep_ in {"dobj", "pobj"}), None)
    if cue.kind == "noun":
        return next((c for c in cue.head.children if c.dep_ == "poss"), None)
    if cue.kind == "adjective":
        return subject(cue.head.head)
    if cue.passive:
        return agent(cue.head)
    return subject(cue.head)


def _addressee_token(cue: Cue) -> Token | None:
    return next((c for c in cue.head.children if c.dep_ in {"dobj", "dative"} and phrases.nominal(c)), None)


def _distinct(found: Sequence[Statement]) -> list[Statement]:
    """One statement for each cue and content; a passive without a speaker yields to the cue that took its words."""
    kept = {(s.content, s.cue): s for s in found}
    spoken = {s.content for s in kept.values() if s.speaker is not None}
    return [s for s in kept.values() if s.speaker is not None or s.cue is None or s.content not in spoken]
