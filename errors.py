"""The one root of every exception this project raises, and the form in which all of them say what is wrong.

A leaf module: it imports no room, and every room may import it. Each room derives its own errors from
:class:`ClaimAtlasError`; where a built-in says the same thing, the leaf inherits it too, so that a caller may catch
either. Messages are English; :class:`Worded` keeps of what they were made, for whoever has another language to say.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).resolve().parent
_LONGEST: Final = 200
"""Characters of an unforeseen error's message that are told: it may quote a hostile report."""


_NAMED: Final = re.compile(r"\{([a-z_]+)\}")


class Worded(str):
    """A text in English, with the pattern and the values that it was made of.

    It goes wherever a text goes, also to another process; the dashboard says it in the reader's language
    (:func:`dashboard.language.told`), by the pattern as it stands in the catalogue. ``Worded("{n} bytes", n=2048)`` is
    ``"2,048 bytes"``. Values are numbers, dates and texts; whatever else is given becomes a text.
    """

    __slots__ = ("pattern", "values")
    pattern: str
    values: Mapping[str, str | int | date]

    def __new__(cls, pattern: str, /, **values: object) -> Worded:
        """``pattern`` with its ``{names}`` replaced by ``values``."""
        kept = {name: _kept(value) for name, value in values.items()}
        text = super().__new__(cls, filled(pattern, kept, _in_english))
        text.pattern, text.values = pattern, kept
        return text

    @classmethod
    def of(cls, message: str, values: Mapping[str, object]) -> Worded:
        """The message itself when it is made already, else the one that it is the pattern of."""
        return message if isinstance(message, Worded) and not values else cls(message, **values)

    def __str__(self) -> str:
        """Itself, so that ``str(error)`` forgets nothing."""
        return self

    def __reduce__(self) -> tuple[Callable[..., Worded], tuple[str, Mapping[str, object]]]:
        return Worded.of, (self.pattern, self.values)


def filled(pattern: str, values: Mapping[str, str | int | date], written: Callable[[str | int | date], str]) -> str:
    """The pattern with each ``{name}`` as its value is ``written``; without values it stands, braces and all.

    A value is never a pattern itself, and a name stands for its value alone: neither attributes nor format codes are
    looked at.
    """
    return _NAMED.sub(lambda found: written(values[found[1]]), pattern) if values else pattern


def reworded(text: str, old: str, new: str) -> str:
    """``text.replace(old, new)``; of a :class:`Worded`, in its values."""
    if not isinstance(text, Worded):
        return text.replace(old, new)
    values = {
        name: reworded(value, old, new) if isinstance(value, str) else value for name, value in text.values.items()
    }
    return Worded.of(text.pattern, values)


def _kept(value: object) -> str | int | date:
    return value if isinstance(value, str | int | date) else str(value)


def _in_english(value: str | int | date) -> str:
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return f"{value:,}" if isinstance(value, int) else value


class ClaimAtlasError(Exception):
    """Something went wrong that a user can act on; the message says what, where, and what to do.

    ``StoreError("There is no store at {path} yet.", path=path)``: the message is a pattern of the catalogue, its values
    stand beside it. ``str(error)`` is a :class:`Worded`.
    """

    def __init__(self, message: str, /, **values: object) -> None:
        super().__init__(Worded.of(message, values))


class InputError(ClaimAtlasError, ValueError):
    """A report, file or argument cannot be used as it is."""


class DataError(ClaimAtlasError, RuntimeError):
    """A data file that ships with the project is missing or damaged."""


class UnforeseenError(ClaimAtlasError, RuntimeError):
    """The program itself failed on one report, in a way that nobody foresaw."""


@contextmanager
def foreseen(otherwise: Callable[[str], ClaimAtlasError] = UnforeseenError) -> Iterator[None]:
    """Within it every error is one of ours: one that is not becomes ``otherwise(reason)``.

    It is put around the work on one report and nothing else. Reports are hostile and endlessly various, the parsers
    that read them are others', and what breaks on one of them must not stop the thousands after it. Hence the one
    broad except of the project; the reason says what broke and where, so that no fault of the program is hidden by
    it. Ctrl-C passes.
    """
    try:
        yield
    except ClaimAtlasError:
        raise
    except Exception as error:
        raise otherwise(_told(error)) from error


def _told(error: Exception) -> str:
    what = " ".join(f"{type(error).__name__}: {error}".split()).removesuffix(":")
    if len(what) > _LONGEST:
        what = f"{what[:_LONGEST]}…"
    return Worded(
        "the program failed on it ({problem}). That is a fault of the program, please report it.",
        problem=f"{what}{_place(error)}",
    )


def _place(error: Exception) -> str:
    """The innermost line of this project that the error passed through."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)[1:]):
        path = Path(frame.filename)
        if path.is_relative_to(_ROOT) and "site-packages" not in path.parts:
            return f"; {path.relative_to(_ROOT).as_posix()}, line {frame.lineno}"
    return ""
