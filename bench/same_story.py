"""``python -m bench.same_story``: are copies and rewrites recognised as one story, and nothing else?

The corpus is invented: stories of same_story.txt in many versions, follow-ups that repeat background, and daily
situation reports that share their frame. With ``--texts FOLDER`` every pair of the texts there is compared, too: in a
corpus without copies each pair found is false.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final

from store.shingles import Print, are_alike, print_of

STORIES: Final = Path(__file__).with_name("same_story.txt")
FRAMES: Final = Path(__file__).with_name("situation_reports.txt")
DAYS: Final = 14
"""Situation reports of each frame."""
_PLACES: Final = (
    "Harven", "Kolm", "Elmsund", "Oster", "Vess", "Garth", "Pirm", "Sanna", "Uldal", "Lund", "Brannburg", "Mirvo",
)  # fmt: skip
_HARD: Final = ("half told anew", "all told anew")
"""Versions that share less than any follow-up does; they are listed, and left out of the recall that has a floor."""


@dataclass(frozen=True, slots=True)
class Story:
    """Headlines, sentences (as written, changed by an editor, told anew) and sentences of a later report."""

    headlines: tuple[str, ...]
    sentences: tuple[tuple[str, str, str], ...]
    follow_up: tuple[str, ...]

    def versions(self) -> dict[str, str]:
        """The story as outlets bring it, by what they did to it."""
        own = [sentence[0] for sentence in self.sentences]
        half = len(own) // 2
        texts = {
            "copy with another headline": [self.headlines[1], *own, "Reporting by the Wire; editing by the desk."],
            "cut to its first half": [self.headlines[1], *own[:half]],
            "cut to three sentences": own[:3],
            "with an ending of its own": [self.headlines[1], *own[:-3], *self.follow_up[:3]],
            "a third edited": [self.headlines[1], *self._mixed(1, 3)],
            "half edited": [self.headlines[1], *self._mixed(1, 2)],
            "all edited": [self.headlines[1], *self._mixed(1, 1)],
            "all edited and cut": [self.headlines[1], *self._mixed(1, 1)[: half + 1]],
            "a third told anew": [self.headlines[1], *self._mixed(2, 3)],
            "half told anew": [self.headlines[1], *self._mixed(2, 2)],
            "all told anew": [self.headlines[1], *self._mixed(2, 1)],
        }
        return {name: "\n\n".join(sentences) for name, sentences in texts.items()}

    @property
    def original(self) -> str:
        """The story as first written."""
        return "\n\n".join([self.headlines[0], *(sentence[0] for sentence in self.sentences)])

    def _mixed(self, version: int, every: int) -> list[str]:
        return [
            sentence[version] if i % every == every - 1 else sentence[0] for i, sentence in enumerate(self.sentences)
        ]

    def later(self, dice: random.Random) -> list[str]:
        """Follow-ups that repeat half of the background, and a third of it."""
        own = [sentence[0] for sentence in self.sentences]
        parts = [sorted(dice.sample(range(len(own)), len(own) // share)) for share in (2, 3)]
        return ["\n\n".join([*self.follow_up, *(own[i] for i in part)]) for part in parts]


def stories(path: Path = STORIES) -> list[Story]:
    """The invented stories."""
    blocks = re.split(r"^== ", _uncommented(path), flags=re.MULTILINE)[1:]
    return [_story(*block.partition("\n")[::2]) for block in blocks]


def _story(headlines: str, body: str) -> Story:
    told, _, follow_up = body.partition("-- follow-up")
    rows = [line.split(" | ") for line in told.splitlines() if line]
    sentences = tuple((own, edited, anew) for own, edited, anew in rows)
    return Story(tuple(headlines.split(" | ")), sentences, tuple(filter(None, follow_up.splitlines())))


def situation_reports(seed: int, path: Path = FRAMES) -> dict[str, list[str]]:
    """Reports of :data:`DAYS` days for each frame, each with numbers and places of its own."""
    dice = random.Random(seed)
    blocks = re.split(r"^== ", _uncommented(path), flags=re.MULTILINE)[1:]
    frames = {name: frame for name, _, frame in (block.partition("\n") for block in blocks)}
    return {name: [_filled(frame, day, dice) for day in range(1, DAYS + 1)] for name, frame in frames.items()}


def _filled(frame: str, day: int, dice: random.Random) -> str:
    ranges = ((2, 40), (40, 900), (1000, 90_000))
    numbered = re.sub(
        r"\{n\}", lambda _: f"{dice.randint(*dice.choice(ranges)):,}", frame.replace("{d}", f"{day} April")
    )
    return re.sub(r"\{p\}", lambda _: dice.choice(_PLACES), numbered)


def _uncommented(path: Path) -> str:
    return "\n".join(line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))


def measure(seed: int = 1) -> dict[str, float]:
    """Precision and recall over all pairs of the invented corpus, each figure from 0 to 1.

    ``recall`` leaves out what is told anew by half or more, ``recall.<version>`` is that of each version.
    """
    dice = random.Random(seed)
    told = stories()
    versions = [{name: print_of(text) for name, text in story.versions().items()} for story in told]
    originals = [print_of(story.original) for story in told]
    by_version = {
        name: [are_alike(original, own[name]) for original, own in zip(originals, versions, strict=True)]
        for name in versions[0]
    }
    easy = [found for name, all_found in by_version.items() if name not in _HARD for found in all_found]
    true = sum(found for all_found in by_version.values() for found in all_found)
    false = sum(are_alike(*pair) for pair in _different(told, originals, versions, dice))
    return {
        "precision": true / (true + false),
        "recall": sum(easy) / len(easy),
        **{f"recall.{name}": sum(found) / len(found) for name, found in by_version.items()},
    }


def _different(
    told: Sequence[Story], originals: Sequence[Print], versions: Sequence[Mapping[str, Print]], dice: random.Random
) -> Iterator[tuple[Print, Print]]:
    """Pairs that are not one story: of different stories, of a story and its follow-ups, of two days' reports."""
    yield from combinations(originals, 2)
    for story, original, own in zip(told, originals, versions, strict=True):
        for later in map(print_of, story.later(dice)):
            yield original, later
            yield own["all edited"], later
    for reports in situation_reports(dice.randrange(1000)).values():
        yield from combinations(map(print_of, reports), 2)


def alike_in(folder: Path) -> tuple[int, list[tuple[str, str]]]:
    """The number of pairs of texts in a folder, and the names of those that are taken for one story."""
    prints = {path.name: print_of(path.read_text("utf-8", "replace")) for path in sorted(folder.glob("*.txt"))}
    pairs = list(combinations(prints, 2))
    return len(pairs), [(a, b) for a, b in pairs if are_alike(prints[a], prints[b])]


def main(argv: list[str] | None = None) -> int:
    """Print the figures."""
    ap = argparse.ArgumentParser(prog="python -m bench.same_story", description=__doc__)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--texts", type=Path, nargs="*", default=[], help="folders of texts of which each pair is compared")
    args = ap.parse_args(argv)
    for name, figure in measure(args.seed).items():
        print(f"{name:40} {figure:.3f}")
    for folder in args.texts:
        n, found = alike_in(folder)
        print(f"{folder}: {len(found)} of {n:,} pairs are taken for one story")
        for pair in found:
            print("   ", *pair)
    return 0


if __name__ == "__main__":
    sys.exit(main())
