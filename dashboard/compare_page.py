"""Compare: what two or more actors, or sides, say of the same places and the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import (
    address,
    choice,
    claim_drawer,
    claims_view,
    compare_tables,
    comparison,
    contested_view,
    downloads,
    filter_bar,
    matrix_view,
    pick_lists,
    resources,
    said_view,
    state,
    theme,
    wording,
)
from dashboard.choice import MOST, Choice
from dashboard.comparison import Compared
from dashboard.language import later, t
from dashboard.markup import esc
from dashboard.pick_lists import PickList
from dashboard.sides import Palette
from dashboard.waiting import newer_reports, until_ready
from errors import ClaimAtlasError
from store.comparing import Role, Voice
from store.facets import FacetValue
from store.filters import Filters

_STYLE: Final = Path(__file__).resolve().parent / "frontend" / "compare.css"
_ROLE: Final = "ca-compare-role"
_NAMES: Final = "ca-compare-names"
_TWO: Final = 2
_ROLES: Final = {"claimant": later("Actors"), "side": later("Sides")}


def render() -> None:
    """Draw the page; on the very first start a word, until the sample reports are read."""
    st.html(_STYLE)
    top = st.container(key="ca-top", horizontal=True, vertical_alignment="center")
    with top:
        theme.header(t("What each says of the same places and the same numbers."))
    ready = resources.is_ready()
    try:
        if ready:
            _compare(top)
        else:
            claims_view.reading()
    except ClaimAtlasError as error:
        theme.show_problem(error, again="ca-compare-again")
    theme.footer()
    if not ready:
        until_ready()


def _compare(top: DeltaGenerator) -> None:
    read = state.read_address()
    overview = resources.overview()
    if not overview.total:
        state.write_address()
        claims_view.nothing_stored()
        return
    chosen = _chosen(Choice.from_params(address.parameters()) if read else choice.current())
    state.write_address(chosen.to_params())
    filters = state.filters()
    view = resources.view(filters)
    with top:
        filter_bar.summary(view, overview)
        downloads.show(view, overview, picture=False)
    with st.container(key="ca-filters"):
        filter_bar.show(view)
    voices = resources.asked(comparison.voices, filters, chosen.role)
    names = chosen.names or resources.asked_with_index(comparison.proposed, filters, chosen.role)
    _choose(chosen.role, names, voices)
    if len(names) < _TWO:
        st.html(_too_few(len(voices)))
    else:
        _show(resources.asked(comparison.ask, filters, chosen.role, names), overview.palette)
    claim_drawer.show(overview.palette)
    newer_reports()


def _chosen(wanted: Choice) -> Choice:
    """The choice as far as the store knows those names, whatever the filters."""
    known = {voice.name for voice in resources.asked(comparison.voices, Filters(), wanted.role)}
    cell = wanted.cell
    if cell and cell.where and not resources.place(cell.where):
        wanted = replace(wanted, cell=None)
    choice.choose(wanted.known(known))
    return choice.current()


def _choose(role: Role, names: Sequence[str], voices: Sequence[Voice]) -> None:
    """Who is compared: actors or sides, and which."""
    values = [FacetValue(voice.name, wording.claimant(voice.name), voice.n) for voice in voices]
    values += [FacetValue(name, wording.claimant(name), 0) for name in names if name not in {v.name for v in voices}]
    labels = filter_bar.option_labels(values, names)
    st.session_state[_ROLE] = role
    compared = PickList(
        "names", t("Up to {n} of them", n=MOST), labels, names, t("Choose two or more"), most=MOST, named=MOST
    )
    with st.container(key="ca-choose"):
        st.segmented_control(
            t("Compare"), list(_ROLES), format_func=lambda name: t(_ROLES[name]), key=_ROLE, required=True,
            on_change=_choose_role,
        )  # fmt: skip
        pick_lists.show(_NAMES, [compared], _choose_names)


def _choose_role() -> None:
    choice.choose(Choice(st.session_state[_ROLE]))


def _choose_names(_: str, names: tuple[str, ...]) -> None:
    choice.choose(replace(choice.current(), names=names, cell=None))


def _too_few(n: int) -> str:
    words = (
        t("Choose at least one more to compare.")
        if n >= _TWO
        else t("Comparing needs two who make claims, and these filters leave fewer. Lift a filter above.")
    )
    return f'<p class="ca-empty" role="status">{esc(words)}</p>'


def _show(compared: Compared, palette: Palette) -> None:
    said_view.heads(compared, palette)
    contested_view.show(compared, palette)
    said_view.same_places(compared, palette)
    with st.container(key=f"ca-who-where-{len(compared.names)}"):
        matrix_view.show(compared, palette)
        said_view.only(compared, palette)
    compare_tables.show(compared)
