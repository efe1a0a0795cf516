"""The gold corpora: not part of the project, named by a folder that holds ``stories/ geo/ polnear/``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from errors import InputError
from extract.model import Report

Scoring = Literal["stories", "geo", "polnear"]


@dataclass(frozen=True, slots=True)
class Corpus:
    """One corpus: its texts, its gold, and the scorer's sub-command for it."""

    name: str
    scoring: Scoring
    texts: Path
    gold: Path

    def reports(self) -> Iterator[Report]:
        """The texts as reports, by name; ``id`` is the file's name without its ending, offsets are the file's."""
        for path in sorted(self.texts.glob("*.txt")):
            with path.open(encoding="utf-8", newline="") as file:
                yield Report(id=path.stem, text=file.read())

    @property
    def checksum(self) -> str:
        """sha256 over the names and bytes of every text and gold file: tells one version of a corpus from another."""
        digest = hashlib.sha256()
        gold = sorted(self.gold.glob("*.json")) + sorted(self.gold.glob("*.ann")) if self.gold.is_dir() else [self.gold]
        for path in [*sorted(self.texts.glob("*.txt")), *gold]:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()


def corpora(folder: Path, *, polnear: bool = False) -> list[Corpus]:
    """The corpora that lie in ``folder``; PolNeAR's dev part only when asked for, because it takes minutes.

    :raises InputError: when the folder holds none of them.
    """
    known = [
        Corpus("stories", "stories", folder / "stories", folder / "stories"),
        *(
            Corpus(name, "geo", folder / "geo" / name, folder / "geo" / f"{name}.json")
            for name in ("trnews", "gwn", "lgl")
        ),
    ]
    if polnear:
        dev = folder / "polnear" / "dev"
        known.append(Corpus("polnear", "polnear", dev / "text", dev / "attributions"))
    found = [corpus for corpus in known if corpus.texts.is_dir() and corpus.gold.exists()]
    if not found:
        raise InputError(f"{folder}: no corpus found there. Give the folder that holds stories/ and geo/.")
    return found
