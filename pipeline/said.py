"""Where a claim was said: by the words of its reporting clause, else as far as the dateline tells.

The seat of the claimant is never a place where it was said. A dateline says where the report comes from; it stands in
for a claim whose words name no place, and is marked as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from extract.model import REPORTER, Count, Extraction, Span, Statement
from geo.model import Place
from pipeline.located import Located
from store.records import SaidBasis

_SEVERAL: Final = ("/", " and ", "&")
"""What stands between two cities of one dateline; after a comma stands what the first lies in."""
_BESIDE: Final = 12
"""Characters between the places of one dateline."""


@dataclass(frozen=True, slots=True)
class SaidAt:
    """Words that say where a claim was said, the place they mean (None when it could not be located), and whether
    they are ``"words"`` of the reporting clause or the report's ``"dateline"``."""

    span: Span
    place: Place | None
    basis: SaidBasis


@dataclass(frozen=True)
class Sayings:
    """Where the claims of one report were said."""

    extraction: Extraction
    located: Sequence[Located]

    def of_statement(self, statement: Statement) -> SaidAt | None:
        """Where a statement was made; None when neither its words nor a dateline before it tell."""
        span = statement.said_at
        if span is None:
            return self._dateline_before(statement.content)
        return SaidAt(span, next((item.place for item in self.located if item.span == span), None), "words")

    def of_count(self, count: Count) -> SaidAt | None:
        """Where a number was given: with the narrowest statement of its claimant that holds it."""
        holding = [each for each in self.extraction.statements if _is_part_of(count, each)]
        told = min(holding, key=lambda each: each.content.end - each.content.start, default=None)
        return self.of_statement(told) if told else self._dateline_before(count.span)

    def _dateline_before(self, span: Span) -> SaidAt | None:
        """The last dateline before these words: a file of several reports has several."""
        before = [line for line in self._datelines if line.span.start <= span.start]
        return before[-1] if before else None

    @cached_property
    def _datelines(self) -> list[SaidAt]:
        lines = _grouped(item for item in self.located if item.mention.role == "dateline")
        text = self.extraction.report.text
        return [SaidAt(line[0].span, line[0].place, "dateline") for line in lines if _is_of_one_place(line, text)]


def _is_part_of(count: Count, statement: Statement) -> bool:
    return count.claimant != REPORTER and statement.speaker_name == count.claimant and statement.covers(count.span)


def _grouped(items: Iterable[Located]) -> list[list[Located]]:
    """The places of each dateline: those that stand beside each other."""
    lines: list[list[Located]] = []
    for item in items:
        if lines and item.span.start - lines[-1][-1].span.end <= _BESIDE:
            lines[-1].append(item)
        else:
            lines.append([item])
    return lines


def _is_of_one_place(line: Sequence[Located], text: str) -> bool:
    """False for a dateline of several cities ("KOSTI/RABAK"), of which none is where a claim was said."""
    between = [text[a.span.end : b.span.start] for a, b in pairwise(line)]
    return not any(word in f" {gap} " for gap in between for word in _SEVERAL)
