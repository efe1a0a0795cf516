"""The one root of every exception this project raises.

A leaf module: it imports no room, and every room may import it. Each room derives its own errors from
:class:`ClaimAtlasError`; where a built-in says the same thing, the leaf inherits it too, so that a caller may catch
either.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).resolve().parent
_LONGEST: Final = 200
"""Characters of an unforeseen error's message that are told: it may quote a hostile report."""


class ClaimAtlasError(Exception):
    """Something went wrong that a user can act on; the message says what, where, and what to do."""


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
    return f"the program failed on it ({what}{_place(error)}). That is a fault of the program, please report it."


def _place(error: Exception) -> str:
    """The innermost line of this project that the error passed through."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)[1:]):
        path = Path(frame.filename)
        if path.is_relative_to(_ROOT) and "site-packages" not in path.parts:
            return f"; {path.relative_to(_ROOT).as_posix()}, line {frame.lineno}"
    return ""
