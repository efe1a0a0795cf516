"""The settings, and the only place that reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, cast, get_args

from errors import InputError

Borders = Literal["un", "de_facto"]

ASSETS: Final = Path(__file__).parents[1] / "assets"
"""Data files that ship with the project."""


class SettingsError(InputError):
    """A setting has a value that nothing can be done with."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation may choose.

    ``store`` is the file of the claims (CLAIM_ATLAS_STORE). ``model`` is the package name of an installed English
    spaCy pipeline (CLAIM_ATLAS_MODEL), None for the pinned one. ``borders`` says whose view of disputed places decides
    their country (CLAIM_ATLAS_BORDERS): ``un``, the position of the UN General Assembly, or ``de_facto``.
    """

    store: Path
    model: str | None = None
    borders: Borders = "un"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Settings from environment variables; an empty variable is an unset one.

        :param environ: instead of the process' own environment.
        :raises SettingsError: when CLAIM_ATLAS_BORDERS is neither ``un`` nor ``de_facto``.
        """
        env = os.environ if environ is None else environ
        store = env.get("CLAIM_ATLAS_STORE")
        return cls(
            store=Path(store).expanduser() if store else _data_folder(env) / "claim-atlas" / "claims.duckdb",
            model=env.get("CLAIM_ATLAS_MODEL") or None,
            borders=_borders(env.get("CLAIM_ATLAS_BORDERS") or "un"),
        )


def one_thread() -> None:
    """Have libraries that are loaded after this compute in the one thread there is, unless the environment says else.

    Where several processes read, each has a processor; and spaCy takes a tenth more of it in a process that has several
    threads, whatever they do, because it takes locks all the time, which cost far less where nobody else can have them.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _data_folder(env: Mapping[str, str]) -> Path:
    """The user's data folder by the XDG base directory rules, which ignore relative paths."""
    given = Path(env.get("XDG_DATA_HOME") or "")
    if given.is_absolute():
        return given
    home = env.get("HOME")
    return (Path(home) if home else Path.home()) / ".local" / "share"


def _borders(value: str) -> Borders:
    if value not in get_args(Borders):
        raise SettingsError(
            "CLAIM_ATLAS_BORDERS is {given}; set it to one of: {all}.",
            given=repr(value),
            all=", ".join(get_args(Borders)),
        )
    return cast(Borders, value)
