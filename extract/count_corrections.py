"""Numbers that take another number of the report back: "not 300 but 200", "200, not 300", "revised from 300 to 200",
"corrected to 200", "had first said 300".

The count that stands gets the number it replaces as ``Count.corrects``; both stay counts, each with its claimant.
"Corrected to" and "revised to" are kept as ``Count.correction`` also when the number before stands in another report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.count_candidates import Candidate
from extract.model import Count, Span

Read = tuple[Candidate, Count]

_NOT = re.compile(r"\b(?:not|never)\s+$", re.IGNORECASE)
_BUT = re.compile(r"^[^.;]{0,60}?,?\s*\bbut\s+(?:rather\s+|only\s+|with\s+|of\s+|that\s+)?$", re.IGNORECASE)
_RATHER = re.compile(
    r"^[^.;]{0,40}?\s*[,–—-]*\s*(?:and\s+)?\b(?:not(?:\s+the)?|rather\s+than|instead\s+of)\s+$", re.IGNORECASE
)
_CORRECTED = r"\b(?:correct|revis|amend|updat|adjust|lower|rais|cut)(?:e|es|ed|ing|s)?\b"
_FROM = re.compile(rf"{_CORRECTED}[^.;]{{0,80}}\bfrom\s+$", re.IGNORECASE)
_TO = re.compile(r"^[^.;]{0,40}?\bto\s+$", re.IGNORECASE)
_CORRECTED_TO = re.compile(rf"{_CORRECTED}[^.;]{{0,80}}\bto\s+$", re.IGNORECASE)
_BACK_FROM = re.compile(r"[^.;]{0,40}?\bfrom\s+", re.IGNORECASE)
_FIRST = re.compile(
    r"\b(?:had|have|has|was|were)\s+(?:first|initially|originally|earlier|previously)\s+"
    r"(?:said|put|given|reported|estimated|announced|claimed|counted|stated|spoken)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(r"\b(?:correct|revis|amend)(?:e|es|ed|ing|s)?\b[^.;]{0,80}\bto\s+$", re.IGNORECASE)
"""Narrower than what links two numbers of one report: a toll that is raised may be a new toll, not a corrected one."""
_NEAR = 40
"""Words before and after a number that are read."""
_REACH = 60
"""Counts before or after one among which the number that it replaces is looked for."""
_LONGEST = 160
"""Characters before a number that are read."""


def linked(read: Sequence[Read]) -> list[Count]:
    """The counts in the order given, those that replace another with the number they replace."""
    counts = [replace(count, correction=_taken_back(candidate)) for candidate, count in read]
    for at in range(len(read)):
        found = _pair(read, at)
        if found is not None and counts[found[0]].corrects is None:
            stands, falls = found
            counts[stands] = replace(counts[stands], corrects=counts[falls].number)
    return counts


def _taken_back(candidate: Candidate) -> Span | None:
    """The words before a number that make it the correction of one given earlier; None when there are none."""
    before = _before(candidate)
    found = _TAKEN_BACK.search(before)
    if found is None:
        return None
    end = candidate.numeral.outer_start
    return candidate.passage.span(end - len(before) + found.start(), end - len(before) + len(before.rstrip()))


def _pair(read: Sequence[Read], at: int) -> tuple[int, int] | None:
    """Which count stands and which falls, by the words before the count ``at``; None when they say nothing."""
    before = _before(read[at][0])
    if at and read[at - 1][0].number.doc is read[at][0].number.doc:
        beside = _beside(read[at - 1][0], read[at][0])
        if beside is not None and _is_same_thing(read[at - 1], read[at]):
            return (at, at - 1) if beside else (at - 1, at)
    if _FIRST.search(before):
        other = _other(read, at, range(at - 1, -1, -1)) or _other(read, at, range(at + 1, len(read)))
        return (other - 1, at) if other else None
    if _CORRECTED_TO.search(before) and " from " not in before:
        other = _other(read, at, range(at - 1, -1, -1))
        return (at, other - 1) if other else None
    return None


def _beside(first: Candidate, second: Candidate) -> bool | None:
    """True when the second of two neighbours replaces the first, False the other way round, None for neither."""
    if first.number.sent.start != second.number.sent.start:
        return None
    between = _words(first, first.numeral.outer_end, second.numeral.outer_start)
    before = _before(first)
    if (_NOT.search(before) and _BUT.search(between)) or (_FROM.search(before) and _TO.search(between)):
        return True
    back = _CORRECTED_TO.search(before) and _BACK_FROM.fullmatch(between)
    return False if back or _RATHER.search(between) else None


def _is_same_thing(first: Read, second: Read) -> bool:
    """False for "two soldiers and not three officers": both name what they count, and differently."""
    nouns = [candidate.noun for candidate, _ in (first, second)]
    named = [noun.lemma_.lower() for noun in nouns if noun is not None]
    return first[1].kind == second[1].kind and len(set(named)) <= 1


def _before(candidate: Candidate) -> str:
    """The words of the sentence before a number and its modifier."""
    end = candidate.numeral.outer_start
    return _words(candidate, max(candidate.number.sent.start_char, end - _LONGEST), end)


def _words(candidate: Candidate, start: int, end: int) -> str:
    """Characters ``start:end`` of the passage, "" when they reach further than a sentence near the number does."""
    number, sent = candidate.number, candidate.number.sent
    near = number.doc[max(sent.start, number.start - _NEAR) : min(sent.end, number.end + _NEAR)]
    text, first = near.text, near.start_char
    return text[max(0, start - first) : max(0, end - first)] if end <= near.end_char else ""


def _other(read: Sequence[Read], at: int, order: range) -> int | None:
    """One past the nearest count of the same thing with another interval; None when there is none."""
    count = read[at][1]
    for i in order[:_REACH]:
        other = read[i][1]
        same = other.kind == count.kind and other.whose in (count.whose, None)
        if same and (other.low, other.high) != (count.low, count.high):
            return i + 1
    return None
