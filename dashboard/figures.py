"""How well reports are read, as measured: the figures that the quality gate holds. Imports no streamlit."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dashboard.language import later
from errors import DataError

FILE: Final = Path(__file__).resolve().parent.parent / "bench" / "floors.json"
"""The file below whose figures no change may fall: what is shown is what is held."""
FIRST_READ: Final = 0.84
"""F1 of statements on the last six of the stories when first read (docs/extraction-statements.md)."""
STATEMENTS: Final = "stories.statements.f1"


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures from one kind of text: the words for each, by its name in the file."""

    texts: str
    rows: Mapping[str, str]


MEASURED: Final = (
    Measured(
        later("Seventeen stories of conflicts, with which the rules were made"),
        {
            "stories.counts.r": later("numbers of people and materiel that are found"),
            "stories.counts.p": later("found numbers that are such numbers"),
            "stories.counts.of_hits.interval": later("found numbers with the right bounds"),
            "stories.counts.of_hits.claimant": later("found numbers with the right claimant"),
            "stories.counts.of_hits.whose": later("found numbers with the right owner of the forces"),
            "stories.counts.of_hits.place_any": later("found numbers with a right place"),
            "stories.statements.r": later("statements that are found"),
            "stories.statements.p": later("found statements that are such statements"),
            "stories.statements.of_hits.speaker": later("found statements with the right speaker"),
            "stories.statements.of_hits.side": later("found statements with the right side"),
            "stories.places.located": later("places within 161 km (100 miles) of where they are"),
        },
    ),
    Measured(
        later("Places named in other news, of all that were annotated: within 161 km of where they are"),
        {
            "trnews.acc161_of_all_gold": later("news of the world (TR-News)"),
            "gwn.acc161_of_all_gold": later("news of events (GeoWebNews)"),
            "lgl.acc161_of_all_gold": later("papers of small towns (LGL)"),
        },
    ),
    Measured(
        later("Quotations in general news (PolNeAR)"),
        {"polnear.content_and_source_right": later("statements that are found with their source")},
    ),
)


def shares(path: Path = FILE) -> dict[str, float]:
    """Shares of one by their name, in whole hundredths and never more than was reached.

    :raises DataError: when the file is missing, is none of ours or lacks a figure that is to be shown.
    """
    try:
        held = json.loads(path.read_text("utf-8"))["floors"]
        return {name: math.floor(float(held[name]) * 100) / 100 for name in (STATEMENTS, *_shown())}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            "The figures cannot be read from {path} ({reason}). Restore the file from the repository.",
            path=path,
            reason=repr(error),
        ) from error


def _shown() -> Iterator[str]:
    for measured in MEASURED:
        yield from measured.rows
