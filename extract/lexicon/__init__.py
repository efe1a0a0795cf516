"""Words and what they mean to extraction, one folder of tab-separated tables a language.

Every table has a comment that says what a row is, a header row, then one word or phrase a row; a cell that holds
several values parts them with ``|``. Reading is cached: a table is parsed once a process.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from spacy.tokens import Token

from extract.tables import Row, read_table, values

__all__ = ["Row", "by_word", "role", "rows", "values", "words"]

_ROOT = Path(__file__).parent


@cache
def rows(name: str, language: str = "en") -> tuple[Row, ...]:
    """Rows of the table ``name`` of a language, in file order.

    :raises errors.DataError: when the language has no such table or it is damaged.
    """
    return read_table(_ROOT / language / f"{name}.tsv")


@cache
def by_word(name: str, language: str = "en") -> Mapping[str, Row]:
    """The rows of a table by their first column, lower-cased; of equal keys the last row counts."""
    return {next(iter(row.values())).lower(): row for row in rows(name, language)}


@cache
def words(name: str, language: str = "en") -> frozenset[str]:
    """The first column of a table, lower-cased."""
    return frozenset(by_word(name, language))


def role(noun: Token) -> Row | None:
    """The row of the table ``roles`` for a noun as written, as its lemma or its singular; None when unlisted."""
    table = by_word("roles")
    written = noun.lower_
    return table.get(written) or table.get(noun.lemma_.lower()) or table.get(written.removesuffix("s"))
