"""A report as a whole: its text with everything that was read in it, its own small map, and its claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import streamlit as st
from streamlit_folium import st_folium

from dashboard import (
    claims_view,
    libraries,
    mentions,
    navigation,
    report_list,
    report_state,
    report_text,
    report_view,
    resources,
    state,
    theme,
)
from dashboard import map as atlas
from dashboard.language import number, plural, t
from dashboard.lines import ClaimLine, from_row
from dashboard.map_clicks import clicked_place, draw_again
from dashboard.markup import esc
from dashboard.report_state import ReportReading
from dashboard.views import Overview
from errors import ClaimAtlasError
from store.records import ClaimRow, PlaceRow

_SWITCHES: Final = "ca-report-switches"
_READER: Final = "ca-reader"
_MAP: Final = "ca-report-atlas"
_HEIGHT: Final = 300
_SHOWN: Final = 20


def render() -> None:
    """Draw the page."""
    theme.header(t("The words themselves, and what was read in them."))
    resources.is_ready(None)
    read()
    theme.footer()


@st.fragment
def read() -> None:
    """The list of reports, or one report. A fragment, so it tells its problems itself."""
    try:
        report_state.read_address()
        report_state.write_address()
        overview = resources.overview()
        reading = report_state.opened()
        if reading:
            _report(reading, overview)
        elif overview.total:
            report_list.show(overview)
        else:
            claims_view.nothing_stored()
    except ClaimAtlasError as error:
        theme.show_problem(error, again="ca-report-again")


def _report(reading: ReportReading, overview: Overview) -> None:
    _ways(reading, overview)
    with st.container(key="ca-reading-room"):
        left, right = st.columns([1.35, 1], gap="large")
    with left:
        _text(reading)
    with right, st.container(key="ca-beside"):
        _map(reading, overview)
        _claims(reading, overview)


def _ways(reading: ReportReading, overview: Overview) -> None:
    """To the list, and to the reports before and after."""
    before, after = report_list.neighbours(report_list.entries(overview.reports), reading.report.id)
    with st.container(key="ca-ways", horizontal=True, vertical_alignment="center"):
        st.button(t("All reports"), key="ca-all-reports", on_click=report_state.show, args=(None,))
        for label, key, entry in ((t("Earlier"), "ca-earlier", before), (t("Later"), "ca-later", after)):
            target = entry.id if entry else None
            st.button(label, key=key, on_click=report_state.show, args=(target,), disabled=not entry, type="tertiary")
        navigation.link("map", t("Its claims on the map"), report=reading.report.id)


def _text(reading: ReportReading) -> None:
    items = mentions.with_mentions(
        report_text.highlights(reading.claims, resources.place),
        mentions.highlights(reading.report.mentions, reading.claims, resources.place, _country),
    )
    st.html(f'{report_view.source(reading.report, level=2)}<p class="ca-note">{_summary(reading)}</p>')
    _switches(items)
    given = report_text.payload(
        reading.report,
        items,
        hidden=report_state.hidden(),
        claim=report_state.claim(),
        place=report_state.place(),
        look=report_state.look(),
    )
    libraries.component("reader")(key=_READER, data=given, on_chosen_change=_chosen)


def _country(place: PlaceRow) -> str | None:
    return resources.outlines(state.borders()).country(place)


def _summary(reading: ReportReading) -> str:
    numbers = sum(claim.kind == "count" for claim in reading.claims)
    parts = [
        plural(numbers, "number", "numbers"),
        plural(len(reading.claims) - numbers, "statement", "statements"),
    ]
    unplaced = sum(not any(place.place_key for place in claim.places) for claim in reading.claims)
    if unplaced:
        parts.append(t("{n} of them at no place on the map", n=unplaced))
    return esc(", ".join(parts))


def _switches(items: Sequence[report_text.Highlight]) -> None:
    """What is highlighted, kind by kind."""
    found = report_text.counts(items)
    kinds = [kind for kind in report_text.KINDS if found[kind]]
    st.session_state[_SWITCHES] = [kind for kind in kinds if kind not in report_state.hidden()]
    st.pills(
        t("Highlighted"),
        kinds,
        selection_mode="multi",
        format_func=lambda kind: report_text.switch_label(kind, found[kind]),
        key=_SWITCHES,
        on_change=lambda: report_state.hide(tuple(k for k in kinds if k not in st.session_state[_SWITCHES])),
    )


def _chosen() -> None:
    """Words were chosen: their claim opens, or else their place is looked at."""
    chosen = st.session_state[_READER].get("chosen")
    if isinstance(chosen, dict):
        report_state.choose(_text_of(chosen.get("claim")), _text_of(chosen.get("place")))


def _text_of(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _map(reading: ReportReading, overview: Overview) -> None:
    group = atlas.marks_group(
        [*reading.marks, *reading.quiet],
        overview.palette,
        most=max((mark.n for mark in reading.marks), default=1),
        selected=report_state.highlighted(),
        focus=report_state.focus(),
        bands=resources.bands((mark.place for mark in reading.marks), state.borders()),
    )
    with st.container(key="ca-report-map"):
        answer = st_folium(
            atlas.base_map(resources.map_libraries()),
            key=_MAP,
            feature_group_to_add=group,
            returned_objects=["last_active_drawing"],
            use_container_width=True,
            height=_HEIGHT,
        )
    key = clicked_place(answer, "ca_report_click")
    if reading.place(key):
        report_state.choose(None, key)
        draw_again()


def _claims(reading: ReportReading, overview: Overview) -> None:
    """The reading of the open claim, or the list of claims."""
    opened = next((claim for claim in reading.claims if claim.id == report_state.claim()), None)
    if opened:
        with st.container(key="ca-claim-ways", horizontal=True, vertical_alignment="center"):
            _way_back()
            navigation.link("map", t("Open on the map"), claim=opened.id)
        st.html(report_view.reading(opened, overview.palette))
        return
    key = report_state.place()
    chosen = reading.place(key)
    name = chosen.name if chosen else None
    if name:
        _way_back()
    rows = [row for row in reading.claims if not name or any(place.place_key == key for place in row.places)]
    where = t("at {place}", place=name) if name else t("in the order of the text")
    head = f'{esc(t("Claims"))} <span class="ca-count">{number(len(rows))}</span>'
    st.html(f'<h2 class="ca-section">{head}</h2><p class="ca-note">{esc(where, limit=120)}</p>')
    if not rows:
        nothing = (
            t("No claim of this report speaks of this place.")
            if name
            else t("No number and no statement was found in this report.")
        )
        st.html(f'<p class="ca-empty">{esc(nothing)}</p>')
    names = {mark.place.key: mark.place.name for mark in reading.marks}
    for index, row in enumerate(claims_view.page_of(rows, "of-report", _SHOWN)):
        line = _line(row, reading, names)
        claims_view.card(f"of-report-{index}", claims_view.body(line, overview.palette), line, opened=_open)
    claims_view.pages(rows, "of-report", _SHOWN)


def _way_back() -> None:
    st.button(t("All claims of the report"), key="ca-all-claims", on_click=report_state.choose, args=(None, None))


def _open(claim_id: str) -> None:
    report_state.choose(claim_id, None)


def _line(row: ClaimRow, reading: ReportReading, names: dict[str, str]) -> ClaimLine:
    keys = dict.fromkeys(place.place_key for place in row.places if place.place_key)
    line = from_row(row, reading.report.published, tuple((key, names.get(key, key)) for key in keys))
    return replace(line, outlet=reading.report.outlet, title=reading.report.title)
