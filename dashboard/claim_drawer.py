"""A drawer at the page's right edge: the claims of a cell, and the words of a claim in its report."""

from __future__ import annotations

import streamlit as st

from dashboard import choice, claims_view, comparison, report_view, resources, state, wording
from dashboard.choice import Cell, of_cell
from dashboard.language import later, t
from dashboard.markup import chip, esc
from dashboard.matrix_view import side_of
from dashboard.sides import Palette, Side
from store.comparing import Role, Voice
from store.schema import MODES

_WIDTH = 620
TITLE = later("Claims and their words")


def show(palette: Palette) -> None:
    """Open the drawer when a claim or a cell is being looked at."""
    if state.open_claim() or choice.current().cell:
        st.dialog(t(TITLE), width=_WIDTH, position="right", on_dismiss=_close)(_drawer)(palette)


def _close() -> None:
    state.show_claim(None)
    choice.look_at(None)


def _drawer(palette: Palette) -> None:
    claim_id, chosen = state.open_claim(), choice.current()
    found = resources.claim(claim_id) if claim_id else None
    with st.container(key="ca-drawer"):
        if found:
            report_view.show(*found, palette)
        elif chosen.cell:
            _cell(chosen.cell, chosen.role, palette)
        else:
            st.rerun()
    # What is looked at is part of the address; only a run of the page writes it.
    state.write_address(choice.current().to_params())


def _cell(cell: Cell, role: Role, palette: Palette) -> None:
    filters = of_cell(state.filters(), role, cell)
    view = resources.view(filters)
    st.html(_head(cell, role, palette))
    claims_view.show(view, palette, where=t("of this choice"))


def _head(cell: Cell, role: Role, palette: Palette) -> str:
    place = resources.place(cell.where) if cell.where else None
    about = place.name if place else wording.manner_title(cell.what) if cell.what in MODES else wording.kind(cell.what)
    who = esc(wording.claimant(cell.who), limit=90)
    return (
        f'<div class="ca-place"><span class="ca-kicker">{esc(about[:1].upper() + about[1:], limit=90)}</span>'
        f"<h2>{chip(_side(cell, role, palette))} {who}</h2></div>"
    )


def _side(cell: Cell, role: Role, palette: Palette) -> Side:
    voices = resources.asked(comparison.voices, state.filters(), role)
    found = next((voice for voice in voices if voice.name == cell.who), Voice(cell.who, 0))
    return side_of(found, role, palette)
