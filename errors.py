"""The one root of every exception this project raises.

A leaf module: it imports nothing, and every room may import it. Each room derives its own errors from
:class:`ClaimAtlasError`; where a built-in says the same thing, the leaf inherits it too, so that a caller may catch
either.
"""

from __future__ import annotations


class ClaimAtlasError(Exception):
    """Something went wrong that a user can act on; the message says what, where, and what to do."""


class InputError(ClaimAtlasError, ValueError):
    """A report, file or argument cannot be used as it is."""


class DataError(ClaimAtlasError, RuntimeError):
    """A data file that ships with the project is missing or damaged."""
