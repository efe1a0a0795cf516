"""How alike two texts are: runs of four words, hashed, and the numbers that stand in them.

A run of words that two texts share is a trace of one being written from the other, or both from a third (Broder, "On
the resemblance and containment of documents", 1997). What is compared is *containment*: which part of the shorter
text's runs the longer one has, so that a copy cut to its first half is still a copy. The bounds below were set on
``bench/same_story.txt`` and ``bench/situation_reports.txt``; ``python -m bench.same_story`` measures them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import Final

import numpy as np

RUN: Final = 4
"""Words in a run."""
SHORTEST: Final = 30
"""Runs below which a text is too short to be told apart from a stock phrase."""
COPIED: Final = 0.65
"""Part of the shorter text's runs that makes it a copy. A follow-up that is half background has up to .61."""
REWRITTEN: Final = 0.4
"""The same for a text of which an editor changed every sentence, if what is shared is spread over all of it …"""
SPREAD: Final = 0.72
"""… so that this part of its stretches has something of the other. The new half of a follow-up has not: up to .67."""
UNDATED: Final = 0.8
"""Part that makes a copy when the day of either text is not known."""
OF_LONGER: Final = 0.2
"""Part of the longer text's runs. Below it, the longer one is a digest of many stories and must not join them."""
SAME_NUMBERS: Final = 0.5
"""Part of the shorter text's numbers that the other has: two situation reports share their words, not their numbers."""
_FEW_NUMBERS: Final = 3
_STRETCH: Final = 16
_TOUCHED: Final = 0.2
_SAMPLED: Final = 4
"""One run in this many is kept for finding texts that may be alike."""
_FACTORS: Final = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5)
_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")


@dataclass(frozen=True)
class Print:
    """What a text is compared by: the hashes of its runs in text order (signed, 64 bits) and its numbers."""

    runs: tuple[int, ...]
    numbers: frozenset[str]

    @cached_property
    def distinct(self) -> frozenset[int]:
        """The runs without their order."""
        return frozenset(self.runs)

    @property
    def sample(self) -> frozenset[int]:
        """The runs by which texts that may be alike are found: a run is in the sample of every text that has it."""
        enough = len(self.distinct) >= SHORTEST
        return frozenset(run for run in self.distinct if run % _SAMPLED == 0) if enough else frozenset()


def print_of(text: str, without: Iterable[tuple[int, int]] = ()) -> Print:
    """The print of a text; ``without`` are half-open ranges of it that are not its own (boilerplate)."""
    words = _WORD.findall(_cut(text, without).casefold())
    numbers = frozenset(word.replace(",", "") for word in words if word[0].isdecimal())
    return Print(tuple(_hashed(words)), numbers)


def _cut(text: str, without: Iterable[tuple[int, int]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end in sorted(without):
        parts.append(text[at : max(at, start)])
        at = max(at, end)
    return "\n".join((*parts, text[at:]))


def _hashed(words: Sequence[str]) -> list[int]:
    """The hash of every run: a sum of its words' hashes, each times the odd number of its position, modulo 2^64."""
    hashes = np.array([_word(word) for word in words], dtype=np.uint64)
    last = len(words) - RUN + 1
    if last < 1:
        return []
    total = sum((hashes[i : last + i] * np.uint64(_FACTORS[i]) for i in range(RUN)), np.zeros(last, dtype=np.uint64))
    return [int(run) for run in total.view(np.int64).tolist()]


@lru_cache(maxsize=100_000)
def _word(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def are_alike(first: Print, second: Print, *, dated: bool = True) -> bool:
    """True when the two texts tell one story; the same for both orders.

    :param dated: whether the days of both are known (and near, which the caller sees to).
    """
    shorter, longer = sorted((first, second), key=lambda text: (len(text.distinct), text.runs))
    if len(shorter.distinct) < SHORTEST or not _same_numbers(shorter, longer):
        return False
    shared = len(shorter.distinct & longer.distinct)
    if shared < OF_LONGER * len(longer.distinct):
        return False
    part = shared / len(shorter.distinct)
    return part >= UNDATED or (dated and (part >= COPIED or (part >= REWRITTEN and _spread(shorter, longer) >= SPREAD)))


def _same_numbers(shorter: Print, longer: Print) -> bool:
    if len(shorter.numbers) < _FEW_NUMBERS:
        return True
    return len(shorter.numbers & longer.numbers) >= SAME_NUMBERS * len(shorter.numbers)


def _spread(shorter: Print, longer: Print) -> float:
    """The part of the shorter text's stretches that share a fifth of their runs with the longer one."""
    count, runs = max(1, round(len(shorter.runs) / _STRETCH)), shorter.runs
    stretches = [runs[i * len(runs) // count : (i + 1) * len(runs) // count] for i in range(count)]
    touched = sum(sum(run in longer.distinct for run in part) >= _TOUCHED * len(part) for part in stretches)
    return touched / count
