"""How likely a statement is right: found as a reader finds it, with its speaker, side and mode.

A logistic model over what makes a reading doubtful: who spoke had to be inferred, nobody is named, no side, the mode
was read from the words, the cue is a participle. The weights are the table ``statement_confidence``;
``python -m bench.fit_statements`` makes them.
"""

from __future__ import annotations

from extract import lexicon
from extract.carrying import Found
from extract.marks import share_right
from extract.model import Mode


def doubts(found: Found, mode: Mode, *, listed: bool) -> frozenset[str]:
    """What speaks for or against a statement, as rows of the table ``statement_confidence``.

    :param listed: the sides of the speaker are actors of the book, not words of the report.
    """
    sides = found.mention.side if found.mention is not None else None
    speaker = found.speaker
    present = {
        "nobody": found.mention is None,
        "carried over": found.mention is not None and speaker is None,
        "name": found.mention is not None and speaker is not None and speaker.pos_ == "PROPN",
        "no side": found.mention is not None and sides is None and not _private(found),
        "private voice": found.mention is not None and sides is None and _private(found),
        "side of the words": sides is not None and not listed,
        "several": found.mention is not None and len(found.mention.actors) > 1,
        "mode of the words": mode != found.mode,
        "participle": found.cue is not None and found.cue.head.tag_ == "VBG",
    }
    return frozenset(name for name, holds in present.items() if holds)


def _private(found: Found) -> bool:
    """True for residents, experts, media: voices that speak for no side."""
    row = lexicon.role(found.speaker) if found.speaker is not None else None
    return row is not None and (row["speaks"] == "no" or row["class"] == "media")


def confidence(names: frozenset[str]) -> float:
    """Share of statements with these marks that are right, between 0.05 and 0.99, two decimals."""
    return share_right("statement_confidence", names)
