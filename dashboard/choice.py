"""Who is compared, and which of their claims are looked at: a part of the address of the page "Compare".

Parameters: ``by`` (``side``; actors otherwise), ``compare`` once for each chosen name, and for a cell of the matrix
``who`` with ``where`` (key of a place) or ``what`` (kind of number or manner of speech). All else is dropped.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from dashboard.address import last
from store.comparing import Role
from store.filters import Filters, acceptable
from store.schema import COUNT_KINDS, MODES

MOST: Final = 6
"""Most actors or sides that are compared at once."""
_CHOICE: Final = "ca_compare"
_BY: Final[Mapping[str, Role]] = {"actor": "claimant", "side": "side"}
_WHATS: Final = frozenset((*COUNT_KINDS, *MODES))


@dataclass(frozen=True, slots=True)
class Cell:
    """Claims of one of those compared: those about a place, or those of a kind; None for no such limit."""

    who: str
    where: str | None = None
    what: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """``names`` empty: the reader has chosen nobody, and the page proposes two."""

    role: Role = "claimant"
    names: tuple[str, ...] = ()
    cell: Cell | None = None

    def to_params(self) -> dict[str, list[str]]:
        """URL parameters that :meth:`from_params` reads back to an equal record; what is not chosen is left out."""
        cell = self.cell or Cell("")
        wanted = {
            "by": ["side"] if self.role == "side" else [],
            "compare": list(self.names),
            "who": [cell.who],
            "where": [cell.where or ""],
            "what": [cell.what or ""],
        }
        return {name: values for name, given in wanted.items() if (values := [value for value in given if value])}

    @classmethod
    def from_params(cls, params: Mapping[str, list[str]]) -> Choice:
        """Read URL parameters; whatever is no choice is dropped."""
        clean = {name: [value for value in values if acceptable(value)] for name, values in params.items()}
        names = tuple(dict.fromkeys(clean.get("compare", [])))[:MOST]
        return cls(_BY.get(last(clean, "by") or "", "claimant"), names, _cell(clean))

    def known(self, names: Collection[str]) -> Choice:
        """The choice without names that nobody has."""
        cell = self.cell if self.cell and self.cell.who in names else None
        return replace(self, names=tuple(name for name in self.names if name in names), cell=cell)


def _cell(clean: Mapping[str, list[str]]) -> Cell | None:
    who, where, what = (last(clean, name) for name in ("who", "where", "what"))
    what = what if what in _WHATS else None
    return Cell(who, where, None if where else what) if who and (where or what) else None


def narrowed(filters: Filters, role: Role, names: Collection[str]) -> Filters:
    """The filters with these names among their limits; filters that name others already stay as they are."""
    field = "sides" if role == "side" else "actors"
    own = getattr(filters, field)
    kept = tuple(name for name in names if name in own) if own else tuple(names)
    return replace(filters, **{field: kept or own})  # type: ignore[arg-type]


def of_cell(filters: Filters, role: Role, cell: Cell) -> Filters:
    """The filters that leave the claims of a cell."""
    limits = narrowed(filters, role, (cell.who,))
    if cell.where:
        return replace(limits, places=(cell.where,))
    if cell.what in MODES:
        return replace(limits, modes=(cell.what,), kinds=())
    return replace(limits, kinds=(cell.what,) if cell.what else limits.kinds, modes=())


def current() -> Choice:
    """The reader's choice."""
    found = st.session_state.get(_CHOICE)
    return found if isinstance(found, Choice) else Choice()


def choose(wanted: Choice) -> None:
    """Make another choice."""
    st.session_state[_CHOICE] = wanted


def look_at(cell: Cell | None) -> None:
    """Look at the claims of a cell; None closes it."""
    choose(replace(current(), cell=cell))
