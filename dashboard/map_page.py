"""The first page: map and claims together."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import folium
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit_folium import st_folium

from dashboard import (
    border_policy,
    cards,
    claims_view,
    crowding,
    downloads,
    filter_bar,
    glance,
    legend,
    player,
    report_view,
    resources,
    rivals_view,
    said_lines,
    said_list,
    search_box,
    state,
    tables_view,
    theme,
)
from dashboard import map as atlas
from dashboard.language import t
from dashboard.map_clicks import clicked_place, draw_again
from dashboard.markup import esc
from dashboard.sides import Palette
from dashboard.tiles import ONLINE_TILES
from dashboard.views import Overview, View
from dashboard.waiting import newer_reports, until_ready
from errors import ClaimAtlasError
from store.marks import Mark
from store.records import PlaceRow
from store.sayings import Sayings

_LAST_CLICK: Final = "ca_last_click"
_TILES: Final = "ca-tiles"
_LINES: Final = "ca-said-lines"
_SEEN: Final = "ca_seen"
HEAD_START = 0.9
"""Seconds that the map goes before the rest of the page on a reader's first run."""
LEAD = 0.2
"""Seconds that it goes before it on later runs: what comes while the browser draws is painted only with what comes."""


def render() -> None:
    """Draw the page; on the very first start the map alone, until the sample reports are read.

    No fragment lies within another one: when a fragment runs again, Streamlit drops what of its last run has not been
    sent yet, but not what fragments within it drew, and the browser stops at an element whose container never came.
    """
    ready = resources.is_ready()
    top = st.container(key="ca-top", horizontal=True, vertical_alignment="center")
    with top:
        theme.header(t(theme.TAGLINE))
        with st.container(key="ca-search"):
            if ready:
                search_box.show()
    with st.container():
        explore(top, ready=ready)
    theme.footer()
    with st.container():
        if not ready:
            until_ready()


@st.fragment
def explore(top: DeltaGenerator, *, ready: bool) -> None:
    """Filters, map and lists. A fragment: a click or a filter runs this alone, so it tells its problems itself.

    While the store is not ``ready``, the map stands in the same place without marks, so that it is the same map when
    the reports are read: nothing is made anew, and what was moved or zoomed meanwhile stays so.

    :param top: the line at the head of the page, which ends with how many claims are left.
    """
    top.empty()  # whoever draws outside its fragment has to begin with it on every run of the whole page
    frame = _Frame.draw(top)
    try:
        if ready:
            with resources.kept_open():
                _explore(frame)
        else:
            _wait(frame)
    except ClaimAtlasError as error:
        theme.show_problem(error, again="ca-map-again")


@dataclass(frozen=True, slots=True)
class _Frame:
    """The parts of the page, in the order in which they stand, whatever is in them."""

    top: DeltaGenerator
    bar: DeltaGenerator
    left: DeltaGenerator
    right: DeltaGenerator
    below: DeltaGenerator

    @classmethod
    def draw(cls, top: DeltaGenerator) -> _Frame:
        bar = st.container(key="ca-filters")
        with st.container(key="ca-explore"):
            left, right = st.columns([1.45, 1], gap="medium")
        return cls(top, bar, left, right, st.container())


def _wait(frame: _Frame) -> None:
    with frame.left, st.container(key="ca-map"):
        _draw_map(atlas.marks_group([], Palette(), most=1))
    with frame.right:
        claims_view.reading()


def _explore(frame: _Frame) -> None:
    if state.read_address():
        glance.read()
        player.stop()
    if not player.is_playing():
        state.write_address()
    overview = resources.overview()
    if not overview.total:
        with frame.left:
            claims_view.nothing_stored()
        return
    # The map goes to the browser before all else is even looked up: it takes longest to paint.
    marks = resources.marks(state.filters(), state.borders())
    with frame.left:
        _show_map(marks, overview)
    _let_the_map_go_first()
    view = resources.view(state.filters(), state.borders())
    with frame.left:
        _show_below_map(view, overview)
    with frame.top:
        filter_bar.summary(view, overview)
        downloads.show(view, overview)
    with frame.bar:
        filter_bar.show(view)
    with frame.right, st.container(key="ca-panel"):
        _show_panel(view, overview)
    with frame.below:
        claims_view.unplaced(view.unplaced, view.n_unplaced, overview.palette)
        tables_view.show(view, overview, resources.outlines(state.borders()))
    player.keep_going(overview.timeline)
    newer_reports()


def _let_the_map_go_first() -> None:
    """Let the browser draw the map, and first of all open its frame, before it is busy with everything around it."""
    time.sleep(LEAD if _SEEN in st.session_state else HEAD_START)
    st.session_state[_SEEN] = True


def _show_map(marks: Sequence[Mark], overview: Overview) -> None:
    drawn = crowding.foremost(marks, state.highlighted())
    group = atlas.marks_group(
        drawn,
        overview.palette,
        most=overview.most,
        selected=state.highlighted(),
        focus=state.focus(),
        reveal=state.reveal(),
        tiles=ONLINE_TILES if st.session_state.get(_TILES) else None,
        bands=resources.bands((mark.place for mark in drawn), state.borders()),
        glance=glance.current(),
        lines=said_lines.rows(said_lines.drawn(_sayings().first, state.highlighted())),
    )
    with st.container(key="ca-map"):
        _take_click(_draw_map(group))
    if crowded := crowding.told(len(drawn), len(marks)):
        st.html(f'<p class="ca-note" role="note">{esc(crowded)}</p>')


def _sayings() -> Sayings:
    """The lines: none unless the reader asks for them."""
    wanted = state.with_lines()
    return resources.asked(said_lines.of_store, state.filters()) if wanted else said_lines.NONE


def _choose_lines() -> None:
    st.session_state[_LINES] = state.with_lines()
    st.toggle(
        t("Lines from where it was said"),
        key=_LINES,
        on_change=lambda: state.set_lines(st.session_state.get(_LINES)),
        help=t(
            "Arrows lead from where a claim was said to what it speaks of: solid when the words say where, dashed "
            "when only the dateline of the report does. Where neither tells, there is no line."
        ),
    )


def _show_below_map(view: View, overview: Overview) -> None:
    filter_bar.brush(view, overview)
    legend.show(view.marks, overview, lines=state.with_lines())
    with st.container(key="ca-map-options", horizontal=True, vertical_alignment="bottom"):
        border_policy.choose()
        _choose_lines()
        st.toggle(
            t("Background map from the network"),
            key=_TILES,
            help=t(
                "Off: nothing leaves this machine. On: your browser asks tile.openstreetmap.org for pictures of the "
                "part of the world you look at."
            ),
        )
    if state.with_lines():
        said_list.show(_sayings())


def _draw_map(group: folium.FeatureGroup) -> object:
    """The component. Its base map is the same on every run: with another one the frame would be made anew."""
    return st_folium(
        atlas.base_map(resources.map_libraries()),
        key="ca-atlas",
        feature_group_to_add=group,
        returned_objects=["last_active_drawing"],
        use_container_width=True,
        height=atlas.HEIGHT,
    )


def _take_click(answer: object) -> None:
    """A click on a mark selects its place."""
    key = clicked_place(answer, _LAST_CLICK)
    if key and resources.place(key):
        state.select_place(key)
        draw_again()


def _show_panel(view: View, overview: Overview) -> None:
    claim_id = state.open_claim()
    found = resources.claim(claim_id) if claim_id else None
    if found:
        report_view.show(*found, overview.palette)
        return
    key = state.selected_place()
    place = resources.place(key) if key else None
    if not place and not state.filters():
        theme.note(t("Choose a place on the map, or search for one: what is claimed of it is listed here."))
    groups, total = view.rivals, view.n_rivals
    if place:
        view = resources.view(replace(state.filters(), places=(place.key,)))
        groups = [group for group in view.rivals if group.place_key == place.key]
        total = len(groups)
        country = resources.outlines(state.borders()).country(place)
        cards.place_card(place, country, view, len(groups), overview.palette)
    else:
        cards.actor_card(state.filters(), total, overview.palette)
    rivals_view.show(groups, overview.palette, total=total, everywhere=place is None)
    claims_view.show(view, overview.palette, where=_where(place))


def _where(place: PlaceRow | None) -> str:
    return t("at {place}", place=place.name) if place else t("everywhere")
