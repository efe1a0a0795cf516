"""Invented news reports, as many as are asked for: ``python -m bench.synthetic --reports 500 --out FILE``.

Speed and size are measured on them, because no corpus of this size can ship. The parts are in synthetic.toml; the same
seed makes the same reports, on any machine and in any order. They are a realistic *load* (people, states and bodies
that claim, numbers of people and materiel, quotations, places over months and outlets, near-copies); no figure of
quality is taken from them.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from extract.model import Report

PARTS: Final = Path(__file__).with_name("synthetic.toml")
_SLOT: Final = re.compile(r"\{([A-Za-z_]+)\}")
_NUMBERS: Final[Mapping[str, tuple[int, int, int]]] = {
    "few": (2, 19, 1), "tens": (20, 95, 1), "hundreds": (100, 950, 10), "thousands": (1_000, 120_000, 500),
}  # fmt: skip
"""Least, most and step of the numbers that fill a slot."""
_WORDS: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_BACK: Final = 40
"""A near-copy repeats one of so many reports before it."""

Lists = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Parts:
    """What synthetic.toml holds: numbers that shape a report, weights of sentences, lists for all and by theatre."""

    shape: Mapping[str, Any]
    weights: Mapping[str, int]
    common: Lists
    theatres: tuple[Mapping[str, Any], ...]


@lru_cache(maxsize=1)
def parts() -> Parts:
    """The parts that ship."""
    raw = tomllib.loads(PARTS.read_text(encoding="utf-8"))
    return Parts(raw["shape"], raw["weights"], raw["common"], tuple(raw["theatre"]))


class Writer:
    """Fills the slots of sentences for one report."""

    def __init__(self, dice: random.Random) -> None:
        self._dice, self._parts = dice, parts()
        theatre = dice.choices(self._parts.theatres, [theatre["weight"] for theatre in self._parts.theatres])[0]
        shape = self._parts.shape
        # The first towns of a theatre are spoken of most, as in any crisis.
        near = sorted(theatre["town"], key=lambda town: dice.random() * (1 + theatre["town"].index(town)))
        own = {"town": near[: shape["towns"]], "surname": dice.sample(theatre["surname"], shape["people"])}
        self._lists: dict[str, Any] = {**self._parts.common, **theatre, **own}
        self._last: dict[str, str] = {}
        """The last entry of each list, so that no road runs from a town to itself."""

    def sentence(self) -> str:
        """One sentence of a kind drawn by weight."""
        weights = self._parts.weights
        return self.of(self._dice.choices(list(weights), list(weights.values()))[0])

    def of(self, slot: str) -> str:
        """An entry of a list with its own slots filled, beginning with a capital."""
        words = self._filled(self._dice.choice(self._lists[slot]))
        return words[0].upper() + words[1:] if words[0].isalpha() else words

    def paragraph(self) -> str:
        """Some sentences."""
        return " ".join(self.sentence() for _ in range(self._dice.randint(*self._parts.shape["sentences"])))

    def _filled(self, words: str) -> str:
        return _SLOT.sub(lambda slot: self._slot(slot[1]), words)

    def _slot(self, name: str) -> str:
        if name.lower() in _NUMBERS and name not in self._lists:
            return self._number(name)
        others = [entry for entry in self._lists[name] if entry != self._last.get(name)]
        self._last[name] = self._dice.choice(others or self._lists[name])
        return self._filled(self._last[name])

    def _number(self, name: str) -> str:
        least, most, step = _NUMBERS[name.lower()]
        n = self._dice.randrange(least, most + 1, step)
        return _WORDS[n - 2] if n <= 12 else f"{n:,}"


@dataclass(frozen=True, slots=True)
class Corpus:
    """All reports of a seed: ``report(i)`` for any i from 0."""

    seed: int = 1

    def reports(self, n: int) -> Iterator[Report]:
        """The first ``n`` reports."""
        return (self.report(i) for i in range(n))

    def report(self, i: int) -> Report:
        """The report of this number, some of them near-copies of one before."""
        dice = random.Random(f"{self.seed}/{i}")
        shape = parts().shape
        if i >= _BACK and dice.random() < shape["copies"]:
            return self._copy(i, i - dice.randint(1, _BACK), dice)
        writer = Writer(dice)
        paragraphs = [writer.paragraph() for _ in range(dice.randint(*shape["paragraphs"]))]
        published = shape["first_day"] + timedelta(days=dice.randrange(shape["days"]))
        return self._report(i, paragraphs, writer.of("title"), writer.of("outlet"), published)

    def _copy(self, i: int, of: int, dice: random.Random) -> Report:
        """Another outlet's version: the same paragraphs less one, with a first line and an end of its own."""
        first = self.report(of)
        kept = first.text.split("\n\n")
        del kept[dice.randrange(1, len(kept))]
        outlet = dice.choice(parts().common["outlet"])
        published = (first.published or date.min) + timedelta(days=dice.randint(0, 1))
        return self._report(
            i, [*kept, f"This report was taken over by {outlet}."], first.title or "", outlet, published
        )

    @staticmethod
    def _report(i: int, paragraphs: Sequence[str], title: str, outlet: str, published: date) -> Report:
        text = "\n\n".join(paragraphs)
        return Report(text, id=f"synthetic-{i:06}", title=title, outlet=outlet, published=published)


def main(argv: list[str] | None = None) -> int:
    """Write reports as JSON lines, which ``ingest`` and ``annotate`` read."""
    ap = argparse.ArgumentParser(prog="python -m bench.synthetic", description=__doc__)
    ap.add_argument("--reports", type=int, default=500, help="how many (default 500)")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--out", type=Path, help="write there instead of standard output")
    args = ap.parse_args(argv)
    lines = (_line(report) for report in Corpus(args.seed).reports(args.reports))
    if args.out:
        args.out.write_text("".join(lines), encoding="utf-8")
    else:
        sys.stdout.writelines(lines)
    return 0


def _line(report: Report) -> str:
    published = report.published.isoformat() if report.published else None
    given = {"id": report.id, "title": report.title, "outlet": report.outlet, "published": published}
    return json.dumps({**given, "text": report.text}, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())
