"""Statements: every attributed proposition of a report, with speaker, cue, exact words, form, mode and addressee.

Three passes over each paragraph: quotations find the cue beside them, cues find their content in the grammar, and
what is left bare carries the speaker of the quotation before it. A speaker is resolved through the report's actors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from spacy.tokens import Token

from extract import phrases
from extract.actors import ActorIndex
from extract.carrying import Carry, Found, Pending, distinct, handed_back, joined, left_open, rejoined
from extract.content_spans import Content, Range, tidy
from extract.contents import content_of, sentence_before
from extract.cues import Cue, find_cues
from extract.labelled import headline, is_heading, is_transcript, signature, transcript_line
from extract.model import Actor, ActorMention, Form, Statement, in_text_order
from extract.modes import asking_cue
from extract.quotations import OPENING, Quotation, quotation_at, quotations
from extract.quoting import Quoted, attribute, close_open, ends_paragraph
from extract.sentences import Passage
from extract.settling import settled
from extract.speakers import may_say, relays, said_by_nobody, speaker_of, told, voice_of
from extract.statement_building import Builder
from extract.subjects import reported_by

_BLOCK = 8
"""Fewest tokens of a paragraph that is a quotation for standing after a colon."""

_WOVEN = 3
"""Most words of a quotation in which a verb of speech is still the reporter's."""


def find_statements(passages: Sequence[Passage], actors: ActorIndex) -> tuple[Statement, ...]:
    """The statements of a report in text order; teasers and boilerplate are not read."""
    found: list[Statement] = []
    carry = Carry()
    spoken = [passage for passage in passages if passage.kind == "body"]
    carry.transcript = is_transcript(spoken)
    unclosed: Statement | None = None
    for passage in spoken:
        reader = _Reader(passage, actors, carry)
        read = rejoined(list(reader.read()))
        told = handed_back(read, unclosed) if unclosed is not None and reader.text[:1] in OPENING else None
        if told is not None:
            found.pop()
        found += told or read
        unclosed = left_open(read, reader.quotes)
    return in_text_order(distinct(found))


@dataclass(slots=True)
class _Reader:
    """Reads one paragraph."""

    passage: Passage
    actors: ActorIndex
    carry: Carry
    quotes: tuple[Quotation, ...] = ()
    cues: list[Cue] = field(default_factory=list)
    spoken: dict[int, list[Range]] = field(default_factory=dict)
    text: str = ""
    builder: Builder = field(init=False)

    def read(self) -> Iterator[Statement]:
        """The statements of the paragraph, direct ones first."""
        doc = self.passage.doc
        self.text = doc.text
        self.quotes = close_open(doc, quotations(self.text))
        self.builder = Builder(self.passage, self.actors, self.text, self.quotes)
        line = transcript_line(self.text) if self.carry.transcript else None
        if line is not None:
            self.carry.direct = self._spoken(*line)
            yield self.carry.direct
            return
        if (title := self._headline()) and (words := tidy(self.text, title[1])):
            yield self._signed([words], title[0], "indirect")
        if (block := self._block()) is not None:
            yield block
            return
        everywhere = list(find_cues(doc))
        inside = [cue for cue in everywhere if self._inside_quote(cue.start)]
        self.cues = [cue for cue in everywhere if not self._inside_quote(cue.start)]
        quoted = attribute(doc, self.quotes, self.cues)
        used: set[int] = set()
        direct: Statement | None = None
        bare: list[Quoted] = []
        for item in quoted:
            if item.cue is None and self._follows_report(item):
                bare.append(item)
                continue
            statement = self._direct(item, inside) if item.cue else self._resumed(item)
            if statement:
                direct = statement if ends_paragraph(self.text, item) else None
                if item.cue:
                    used.add(item.cue.head.i)
                    self.spoken[item.cue.head.i] = self._quoted_runs(item)
                yield statement
        reported: list[Statement] = []
        for cue in self.cues:
            if cue.head.i not in used:
                reported += self._relayed(cue) if cue.head.head.i in used else self._indirect(cue)
        yield from reported
        yield from (made for item in bare if (made := self._followed(item, reported)) is not None)
        self.carry.pending = self._pending()
        self.carry.direct = direct

    def _block(self) -> Statement | None:
        """A paragraph without marks that the colon before it introduces: all of it is quoted."""
        pending = self.carry.pending
        listed = len(self.passage.doc) < _BLOCK or self.text.rstrip().endswith(":")
        if pending is None or pending.mention is None or self.quotes or listed:
            return None
        run = tidy(self.text, (0, len(self.text)))
        return self._introduced([run], pending) if run is not None else None

    def _introduced(self, runs: list[Range], pending: Pending) -> Statement:
        """What a reporting clause at the end of the paragraph before introduces."""
        self.carry.pending, self.carry.speaker = None, pending.mention or self.carry.speaker
        made = self.builder.build(runs, Found(None, None, pending.mention, "direct", pending.mode))
        return replace(made, cue=pending.cue, speaker=pending.speaker)

    def _follows_report(self, item: Quoted) -> bool:
        """True for a bare quotation that the sentence before it introduces: "The port may close, she said. “We …”"."""
        before = self.text[: item.quotes[0].start].rstrip()
        return before.endswith(".") and any(cue.takes("quote") and cue.end >= len(before) - 1 for cue in self.cues)

    def _followed(self, item: Quoted, reported: Sequence[Statement]) -> Statement | None:
        """A bare quotation whose speaker is that of the report right before it; the two are joined later."""
        runs = self._quoted_runs(item)
        said = [s for s in reported if s.cue is not None and runs and s.cue.end <= self.passage.span(*runs[0]).start]
        if not said:
            return self._resumed(item)
        last = max(said, key=_cue_end)
        made = self.builder.build(runs, Found(None, None, None, "direct", "say"))
        return replace(made, speaker_name=last.speaker_name, side=last.side)

    def _headline(self) -> tuple[Token, Range] | None:
        first = self.passage.span(0, 1).start == self.actors.passages[0].span(0, 1).start
        return headline(self.passage.doc, self.text, is_person=self._is_person if first else None)

    def _is_person(self, label: Token) -> bool:
        mention = self.builder.mention(label)
        if mention is not None and mention.actors[0].kind == "person":
            return True
        people = {actor.name for known in self.actors.mentions for actor in known.actors if actor.kind == "person"}
        return any(name.split()[-1] == label.text for name in people)  # by the surname alone, which reads as a noun

    def _inside_quote(self, at: int) -> bool:
        quote = quotation_at(self.quotes, at)
        return quote is not None and quote.length > _WOVEN

    def _pending(self) -> Pending | None:
        """The last cue of a paragraph that ends with a colon: what it says stands in the next."""
        if not self.text.rstrip().endswith(":"):
            return None
        last = list(self.passage.doc.sents)[-1]
        listed = [c for c in self.cues if c.kind == "verb" and c.takes("quote") and c.head.i >= last.start]
        if not listed:
            return None
        cue = listed[-1]
        voice = speaker_of(cue)
        words = self.passage.of(phrases.whole(voice)) if voice is not None else None
        return Pending(self.builder.cue_span(cue, None), words, self.builder.mention(voice), cue.mode)

    def _resumed(self, item: Quoted) -> Statement | None:
        """A quotation that nothing beside it introduces: the clause before the paragraph does, or the last speaker."""
        runs = self._quoted_runs(item)
        mention = self.carry.speaker
        if not runs or is_heading(self.text, item.quotes[0]):
            return None
        signer = signature(self.passage.doc, item.quotes[0]) if len(item.quotes) == 1 else None
        if signer is not None:
            return self._signed(runs, signer)
        pending, self.carry.pending = self.carry.pending, None
        if pending is not None and not self.text[: runs[0][0]].strip():
            return self._introduced(runs, pending)
        if self.carry.direct is not None and not self.text[: runs[0][0]].strip():
            return joined(self.carry.direct, [self.passage.span(*run) for run in runs])
        return self.builder.build(runs, Found(None, None, mention, "direct", "say")) if mention is not None else None

    def _direct(self, item: Quoted, inside: list[Cue]) -> Statement | None:
        speaker, cue = self._outside(item.speaker), item.cue
        runs = self._quoted_runs(item)
        if not runs or cue is None:
            return None
        mention = self.builder.mention(speaker)
        self.carry.speaker = mention or self.carry.speaker
        asking = asking_cue(inside, runs, mention, self.actors.joint)
        mode, addressee = cue.mode, told(item)
        if asking is not None and mode == "say" and (asked := content_of(asking)):
            mode, addressee = asked.mode, asked.addressee
        form: Form = "direct" if item.lead is None else "mixed"
        return self.builder.build(runs, Found(cue, speaker, mention, form, mode, addressee))

    def _signed(self, runs: list[Range], speaker: Token, form: Form = "direct") -> Statement:
        """Words that layout alone gives to a speaker."""
        mention = self.builder.mention(speaker)
        self.carry.speaker = mention or self.carry.speaker
        return self.builder.build(runs, Found(None, speaker, mention, form, "say"))

    def _spoken(self, label: Range, words: Range) -> Statement:
        """One line of a transcript. A surname in capitals is a person of the report, or nobody that is known."""
        name = self.text[slice(*label)].title()
        known = self.actors.names.get(name)
        actor = known if known is not None and not known.name.isupper() else Actor(name, "person", None)
        mention = ActorMention(self.passage.span(*label), (actor,))
        self.carry.speaker = mention
        made = self.builder.build([words], Found(None, None, mention, "direct", "say"))
        return replace(made, speaker=mention.span)

    def _quoted_runs(self, item: Quoted) -> list[Range]:
        runs = []
        for at, quote in enumerate(item.quotes):
            kept = (quote.start, quote.end if quote.closed else quote.start + quote.inner)
            start = quote.start if at or item.lead is None else item.lead
            if run := tidy(self.text, (start, quote.end), [kept]):
                runs.append(run)
        return runs

    def _indirect(self, cue: Cue) -> Iterator[Statement]:
        content = self._content(cue)
        if content is None:
            return
        runs = settled(content, cue, text=self.text, quotes=self.quotes, cues=self.cues)
        speaker = self._outside(speaker_of(cue))
        if not runs or (
            not may_say(cue, content, speaker, self.actors) if speaker is not None else said_by_nobody(cue, content)
        ):
            return
        mention = self.builder.mention(speaker)
        if self._repeats_itself(cue, speaker, mention):
            return
        self.carry.speaker = mention or self.carry.speaker
        to = content.addressee if content.frame not in {"obj", "as", "oprd"} else None
        link = content.link
        words = self._outside(voice_of(cue))
        found = Found(cue, words or speaker, mention, self.builder.form(runs, content), content.mode, to, link)
        yield self.builder.build(runs, found)

    def _relayed(self, cue: Cue) -> Iterator[Statement]:
        """A second layer over quoted words: "…," the mission said, quoting a nurse."""
        if cue.kind != "citing":
            yield from self._indirect(cue)
            return
        speaker = speaker_of(cue)
        if speaker is not None and relays(speaker, self.actors):
            runs = self.spoken[cue.head.head.i]
            yield self.builder.build(runs, Found(cue, speaker, self.builder.mention(speaker), "direct", "say"))

    def _outside(self, speaker: Token | None) -> Token | None:
        """The speaker, or None for a word of a quoted sentence, which cannot be who reports it."""
        if speaker is None:
            return None
        quote = quotation_at(self.quotes, speaker.idx)
        return None if quote is not None and quote.words.endswith((",", ".", "!", "?")) else speaker

    def _content(self, cue: Cue) -> Content | None:
        """The content of a cue; "citing" shares that of the verb it hangs on; "this" stands for the sentence before."""
        if cue.kind == "citing":
            host = next((c for c in self.cues if c.head == cue.head.head), None)
            return content_of(host) if host is not None else content_of(cue)
        return content_of(cue) or sentence_before(cue)

    def _repeats_itself(self, cue: Cue, speaker: Token | None, mention: ActorMention | None) -> bool:
        """True inside what the same speaker says of itself: "she said she had confirmed the deaths"."""
        if speaker is None or mention is None or not phrases.pronoun(speaker):
            return False
        for below, verb in pairwise((cue.head, *cue.head.ancestors)):
            if below.dep_ in {"conj", "advcl"} and any(child.dep_ == "nsubj" for child in below.children):
                return False  # "…, but she said": a second report, not what the first holds
            outer = next((c for c in self.cues if c.head == verb and c.kind == "verb"), None)
            if outer is not None and cue.head.i > verb.i and reported_by(cue.head) is None:
                voice = speaker_of(outer)
                said = self.builder.mention(voice)
                return said is not None and said.name == mention.name and voice != speaker
        return False


def _cue_end(statement: Statement) -> int:
    return statement.cue.end if statement.cue is not None else -1
