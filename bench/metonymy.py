"""``python -m bench.metonymy``: how often the kind of a place name (literal, actor, attributive, org_part) is right.

Measured on bench/metonymy.txt, sentences made up for it: public corpora of toponyms say what a name is called, not what
it stands for. A name that is not recognised at all is counted apart. ``--file`` measures on sentences of your own.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, get_args

from errors import ClaimAtlasError, InputError
from extract.model import PlaceKind, Report
from pipeline.run import Engine, Extracts
from pipeline.settings import Settings

SENTENCES: Final = Path(__file__).with_name("metonymy.txt")
_MARK: Final = re.compile(r"\[([^|\]]+)\|([a-z_]+)\]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence without its marks; ``names`` are (start, end, kind) of each, code points of ``text``."""

    text: str
    names: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """One name: what it stands for, what it was taken for (None: not recognised), and its sentence."""

    name: str
    kind: str
    taken: str | None
    text: str


def read(path: Path) -> Iterator[Marked]:
    """The sentences of a file. Raises InputError when it cannot be read or a kind is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: no sentences there ({error})") from error
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            yield _marked(line, f"{path}:{number}")


def _marked(line: str, where: str) -> Marked:
    text, names, at = "", [], 0
    for mark in _MARK.finditer(line):
        if mark[2] not in get_args(PlaceKind):
            raise InputError(f"{where}: kind is {mark[2]!r}; one of {', '.join(get_args(PlaceKind))}")
        text += line[at : mark.start()]
        names.append((len(text), len(text) + len(mark[1]), mark[2]))
        text, at = text + mark[1], mark.end()
    return Marked(text + line[at:], tuple(names))


def judge(sentence: Marked, extractor: Extracts) -> Iterator[Judged]:
    """What each name of a sentence, read as a report of its own, was taken for."""
    found = extractor.extract(Report(id="sentence", text=sentence.text)).places
    for start, end, kind in sentence.names:
        over = [m for m in found if m.span.start < end and start < m.span.end]
        own = [m for m in over if m.named] or over
        taken = max(own, key=lambda m: min(end, m.span.end) - max(start, m.span.start), default=None)
        yield Judged(sentence.text[start:end], kind, _as_gold(taken.kind) if taken else None, sentence.text)


def _as_gold(kind: str) -> str:
    """A description ("eastern Ukraine") is where something is: a literal use of the name in it."""
    return "literal" if kind == "descriptive" else kind


def checksum(path: Path = SENTENCES) -> str:
    """sha256 of the sentences: tells one version of them from another."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def measure(extractor: Extracts) -> dict[str, float]:
    """``metonymy.right`` (of the names recognised, how many have the right kind) and ``metonymy.recognised``."""
    found = figures([one for sentence in read(SENTENCES) for one in judge(sentence, extractor)])
    return {"metonymy.right": found["kind_right"], "metonymy.recognised": found["recognised"]}


def figures(judged: Sequence[Judged]) -> dict[str, float]:
    """``kind_right`` of the names recognised, ``recognised`` of all, ``place_or_not``: literal told from the rest."""
    known = [one for one in judged if one.taken is not None]
    return {
        "kind_right": sum(one.taken == one.kind for one in known) / max(len(known), 1),
        "recognised": len(known) / max(len(judged), 1),
        "place_or_not": sum((one.taken == "literal") == (one.kind == "literal") for one in known) / max(len(known), 1),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; 0 when it ran, 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m bench.metonymy", description=__doc__)
    parser.add_argument("--file", type=Path, default=SENTENCES, help="sentences with marks such as [Paris|literal]")
    parser.add_argument("--misses", action="store_true", help="list what was taken for something else")
    options = parser.parse_args(arguments)
    try:
        extractor = Engine.load(Settings.from_env()).extractor
        judged = [one for sentence in read(options.file) for one in judge(sentence, extractor)]
    except ClaimAtlasError as error:
        print(f"bench.metonymy: {error}", file=sys.stderr)
        return 2
    print(f"{len(judged)} names", *(f"{name} {figure:.3f}" for name, figure in figures(judged).items()))
    wrong = Counter((one.kind, one.taken or "not recognised") for one in judged if one.taken != one.kind)
    for (kind, taken), number in wrong.most_common():
        print(f"{number:4} {kind} taken for {taken}")
    for one in judged if options.misses else ():
        if one.taken != one.kind:
            print(f"{one.kind}\t{one.taken}\t{one.name}\t{one.text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
