"""Interface texts, numbers and dates in the reader's language: one English text is one entry of the catalogue.

English texts are the ids; ``assets/languages/<language>/claim_atlas.po`` holds their translations, in gettext's form,
and is compiled in memory when it is first asked for. Imports no streamlit: who the reader is, is told by
:mod:`dashboard.reader`. Texts that are made once and shown later are marked by :func:`later` and go through :func:`t`
where they are shown, for what is kept between readers must not have a language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final

from errors import ClaimAtlasError, DataError, Worded, filled

FOLDER: Final = Path(__file__).resolve().parent.parent / "assets" / "languages"
CATALOGUE: Final = "claim_atlas.po"
ENGLISH: Final = "en"
LANGUAGES: Final[Mapping[str, str]] = {ENGLISH: "English", "fr": "Français"}
"""Languages of the interface by their code, each by its own name. A new one is a line here and a catalogue."""

_MONTH: Final[Mapping[str, str]] = {"long": "d MMMM y", "short": "d MMM y"}
_SPOKEN: ContextVar[str | None] = ContextVar("language of this block", default=None)
Value = str | int | date


@dataclass(slots=True)
class _Reader:
    """Who is asked for the language: nobody until a page is served."""

    language: Callable[[], str]


_READER: Final = _Reader(lambda: ENGLISH)


def ask_reader_by(language: Callable[[], str]) -> None:
    """Learn the reader's language by a function, which is called in whatever thread a text is needed in."""
    _READER.language = language


def current() -> str:
    """Code of the language that texts are given in here and now; always one of :data:`LANGUAGES`."""
    return _SPOKEN.get() or _READER.language()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Give texts in ``language`` within the block, whoever the reader is."""
    before = _SPOKEN.set(known(language) or ENGLISH)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def known(name: str | None) -> str | None:
    """The language that a code such as ``"fr-CA"`` stands for; None when the interface does not have it."""
    code = re.split(r"[-_]", name or "", maxsplit=1)[0].lower()
    return next((language for language in LANGUAGES if language == code), None)


def t(message: str, /, **values: Value) -> str:
    """``message`` in the reader's language, its ``{names}`` replaced by values after it was translated.

    Numbers and dates are written as the language writes them. A value is never a pattern itself, and a name stands
    for its value alone: neither attributes nor format codes are looked at.
    """
    return filled(_catalogue(current()).gettext(message), values, _written)


def told(message: str | ClaimAtlasError) -> str:
    """What an error, or the reason that another room gives, says in the reader's language.

    Words that nobody of the project wrote, such as those of the database, stay as they are.
    """
    words = str(message)
    return t(words.pattern, **words.values) if isinstance(words, Worded) and words else words


def plural(n: int, one: str, many: str) -> str:
    """A number with its noun: ``plural(41, "claim", "claims")`` is ``"41 claims"``, by the language's plural rules."""
    return f"{number(n)} {_catalogue(current()).ngettext(one, many, n)}"


def later(message: str) -> str:
    """The text itself, marked for the catalogue: for tables of texts that go through :func:`t` where they are shown."""
    return message


def number(n: float) -> str:
    """A number with its thousands set apart: ``"80,000"``, in French ``"80 000"``."""
    return _numeral(n, current())


@lru_cache(maxsize=32_768)
def _numeral(n: float, language: str) -> str:
    # A large page writes tens of thousands of numbers with every change, most of them the same ones.
    from babel.numbers import format_decimal  # noqa: PLC0415 - the map shall not wait for it

    return str(format_decimal(n, locale=language))


def percent(share: float) -> str:
    """A share of one in whole per cent: ``"80%"``, in French ``"80 %"``."""
    from babel.numbers import format_percent  # noqa: PLC0415 - as above

    return str(format_percent(share, locale=current()))


def day(when: date) -> str:
    """``"14 April 2021"``."""
    return _dated(when, "long", current())


def short_day(when: date) -> str:
    """``"14 Apr 2021"``."""
    return _dated(when, "short", current())


@lru_cache(maxsize=4096)
def _dated(when: date, length: str, language: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - the map shall not wait for it

    return str(format_date(when, _MONTH[length], locale=language))


def _written(value: Value) -> str:
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, int) else told(value)


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> NullTranslations:
    """The texts of a language.

    :raises DataError: when its catalogue is missing or is none.
    """
    if language == ENGLISH:
        return NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - who reads English does not need it
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    path = FOLDER / language / CATALOGUE
    try:
        with path.open("rb") as file:
            texts = read_po(file, locale=language, abort_invalid=True)
    except (OSError, PoFileError, ValueError) as error:
        raise DataError(
            "{path} could not be read as a catalogue of texts: {problem}. Check it out again.", path=path, problem=error
        ) from error
    compiled = BytesIO()
    write_mo(compiled, texts)
    compiled.seek(0)
    return GNUTranslations(compiled)
