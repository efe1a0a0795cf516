"""The place words of a claim, and the places of the gazetteer that they may mean, numbered in a list and on a map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st
from streamlit_folium import st_folium

from dashboard import lookup, resources, review_state, review_words, state, wording
from dashboard import map as atlas
from dashboard.candidates_map import FARTHEST, candidates_group
from dashboard.language import number, percent, t
from dashboard.lookup import Candidate
from dashboard.map_clicks import clicked_place, draw_again
from dashboard.markup import esc, said_in
from store.records import ClaimPlaceRow, ClaimRow, PlaceRow, ReportRow

MOST: Final = 6
"""Candidates that the list shows: each has a digit for a key."""
_CHOSEN: Final = "ca_review_places"
_MENTION: Final = "ca_review_mention"
_CALLS: Final = "ca_review_calls"
_CLICK: Final = "ca_review_click"
_HEIGHT: Final = 250
_NOWHERE: Final = "0"

Mention = tuple[int, int]


def show(claim: ClaimRow, report: ReportRow, *, keys: bool) -> None:
    """The mentions of the claim, the candidates for one of them, and the map.

    :param keys: whether single keys choose.
    """
    st.html(f'<h2 class="ca-section">{t("Where")}</h2>')
    mentions = _mentions(claim, report)
    # The parts keep their places from claim to claim, so that the map's frame is not made anew.
    above, below = st.container(key="ca-review-words"), st.container(key="ca-review-map")
    mention = mentions[_current(mentions)] if mentions else None
    with above:
        if mention:
            _list(claim, mentions, keys=keys)
            found = _candidates(mention, keys=keys)
        else:
            nothing, found = t("No words of this claim were read as a place."), []
            st.html(f'<p class="ca-empty">{esc(nothing)}</p>')
    with below:
        _map(mention, found)
    _more(claim, report)


def changes(claim: ClaimRow) -> list[dict[str, Any]]:
    """What was chosen for the claim's places and is not so yet."""
    now = {(place.start, place.end): place.place_key for place in claim.places}
    return [
        {"start": start, "end": end, "key": key}
        for (start, end), key in _chosen().items()
        if (start, end) not in now or now[start, end] != key
    ]


def choose(mention: Mention, key: str | None) -> None:
    """Let words mean the place of that key; None: they cannot be placed."""
    st.session_state[_CHOSEN] = (review_state.rounds(), {**_chosen(), mention: key})


def _chosen() -> dict[Mention, str | None]:
    """What was chosen since the form was filled."""
    rounds, chosen = st.session_state.get(_CHOSEN, (None, {}))
    return dict(chosen) if rounds == review_state.rounds() else {}


def _mentions(claim: ClaimRow, report: ReportRow) -> list[ClaimPlaceRow]:
    """Place words of the claim in text order, each once, and those that the reviewer added."""
    found = {(place.start, place.end): place for place in claim.places}
    for start, end in _chosen():
        found.setdefault((start, end), ClaimPlaceRow(report.text[start:end], start, end, None))
    return [found[span] for span in sorted(found)]


def _current(mentions: Sequence[ClaimPlaceRow]) -> int:
    rounds, index = st.session_state.get(_MENTION, (None, 0))
    return min(index, len(mentions) - 1) if rounds == review_state.rounds() else 0


def _go_to(index: int) -> None:
    st.session_state[_MENTION] = (review_state.rounds(), index)


def _list(claim: ClaimRow, mentions: Sequence[ClaimPlaceRow], *, keys: bool) -> None:
    current = _current(mentions)
    rows = "".join(_mention(claim, mention, index == current) for index, mention in enumerate(mentions))
    st.html(f'<ul class="ca-mentions">{rows}</ul>')
    if len(mentions) > 1:
        following = (current + 1) % len(mentions)
        st.button(
            t("Next place words"), key="ca-review-mention", on_click=_go_to, args=(following,),
            shortcut="p" if keys else None,
        )  # fmt: skip


def _mention(claim: ClaimRow, mention: ClaimPlaceRow, current: bool) -> str:
    span = (mention.start, mention.end)
    was = next((place.place_key for place in claim.places if (place.start, place.end) == span), None)
    key = _chosen().get(span, was)
    means = esc(_name(key), limit=120) if key else t("cannot be placed")
    changed = f' <em class="ca-changed">{t("changed")}</em>' if key != was else ""
    mark = ' aria-current="true"' if current else ""
    return f"<li{mark}><q {said_in()}>{esc(mention.text, limit=120)}</q><span>{means}{changed}</span></li>"


def _name(key: str) -> str:
    row = known_place(key)
    return row.name if row else key


def known_place(key: str) -> PlaceRow | None:
    """A place of the store, else of the gazetteer."""
    return resources.place(key) or resources.gazetteer_place(key)


def _candidates(mention: ClaimPlaceRow, *, keys: bool) -> list[Candidate]:
    """The candidates, each with a button and a key of its own; those are listed that can be chosen."""
    span = (mention.start, mention.end)
    name = f"ca-review-query-{review_state.rounds()}-{mention.start}-{mention.end}"
    st.session_state.setdefault(name, lookup.checked(mention.text))
    st.text_input(t("Look up in the gazetteer"), key=name, max_chars=120)
    query = lookup.checked(st.session_state[name])
    answer = resources.offline(state.borders()).answer(query) if query else None
    found = [item for item in (answer.candidates if answer else ()) if _can_be_chosen(item)]
    key = _chosen().get(span, mention.place_key)
    found = _with_present(found, key, mention.place_key)[:MOST]
    with st.container(key="ca-review-candidates"):
        for place, candidate in enumerate(found, start=1):
            _candidate(place, candidate, span, chosen=candidate.key == key, keys=keys)
        if not found:
            nothing = t("The gazetteer knows no place of this name. Try another spelling, or a place around it.")
            st.html(f'<p class="ca-empty">{esc(nothing)}</p>')
    st.button(
        t("Cannot be placed"), key="ca-review-nowhere", on_click=choose, args=(span, None),
        shortcut=_NOWHERE if keys else None, disabled=key is None,
    )  # fmt: skip
    return found


def _with_present(found: Sequence[Candidate], *keys: str | None) -> list[Candidate]:
    """The candidates, and before them the places that the words mean now when they are not among the first."""
    seen = {candidate.key for candidate in found[:MOST]}
    stored = [row for key in dict.fromkeys(keys) if key and key not in seen and (row := known_place(key))]
    rows = [resources.place_in_view(row, state.borders()) for row in stored]
    present = [
        Candidate(
            row.name, row.lat, row.lon, row.precision, "", row.source, None, row.key, row.radius_km,
            row.geometry, row.derived_from,
        )
        for row in rows
    ]  # fmt: skip
    return [*present, *(candidate for candidate in found if candidate.key not in {row.key for row in rows})]


def _can_be_chosen(candidate: Candidate) -> bool:
    return candidate.key.startswith(("gn:", "tbl:")) or (bool(candidate.key) and bool(resources.place(candidate.key)))


def _candidate(place: int, candidate: Candidate, span: Mention, *, chosen: bool, keys: bool) -> None:
    with st.container(key=f"ca-candidate-{place}", horizontal=True, vertical_alignment="center"):
        st.html(_row(place, candidate, chosen=chosen), width="stretch")
        st.button(
            t("Choose"), key=f"ca-choose-{place}", on_click=choose, args=(span, candidate.key),
            shortcut=str(place) if keys else None, disabled=chosen,
        )  # fmt: skip


def _row(place: int, candidate: Candidate, *, chosen: bool) -> str:
    sure = ""
    if candidate.confidence is not None:
        sure = t("{share} sure", share=percent(candidate.confidence))
    words = [wording.precision(candidate.precision), sure, t("meant now") if chosen else ""]
    facts = '<span class="ca-dot">·</span>'.join(esc(word, limit=80) for word in words if word)
    mark = ' aria-current="true"' if chosen else ""
    return (
        f'<div class="ca-candidate"{mark}><b class="ca-rank" aria-hidden="true">{number(place)}</b><div>'
        f'<strong>{esc(candidate.name, limit=120)}</strong><span class="ca-note">{facts}</span></div></div>'
    )


def _map(mention: ClaimPlaceRow | None, found: Sequence[Candidate]) -> None:
    """The candidates by number; a click on one chooses it."""
    bands = resources.bands([candidate.row for candidate in found], state.borders())
    answer = st_folium(
        atlas.base_map(resources.map_libraries(), farthest=FARTHEST),
        key="ca-review-atlas",
        feature_group_to_add=candidates_group(found, _call(mention, found), bands),
        returned_objects=["last_active_drawing"],
        use_container_width=True,
        height=_HEIGHT,
    )
    clicked = clicked_place(answer, _CLICK)
    if mention and clicked and clicked.isdecimal() and 0 < int(clicked) <= len(found):
        choose((mention.start, mention.end), found[int(clicked) - 1].key)
        draw_again()


def _call(mention: ClaimPlaceRow | None, found: Sequence[Candidate]) -> int:
    """How often the map was sent to other candidates: what the reader has moved or zoomed since stays so."""
    span = (mention.start, mention.end) if mention else None
    about = (span, review_state.rounds(), frozenset(candidate.key for candidate in found))
    seen, call = st.session_state.get(_CALLS, (None, 0))
    if seen != about:
        call += 1
        st.session_state[_CALLS] = (about, call)
    return int(call)


def _more(claim: ClaimRow, report: ReportRow) -> None:
    """Words that were not read as a place and are one."""
    with st.expander(t("Other words of the report say where")):
        key = f"ca-review-more-{review_state.rounds()}"
        st.text_input(t("The words, as they stand in the report"), key=key, max_chars=200)
        words = str(st.session_state[key])
        span = review_words.found_words(report.text, words, claim.start) if words.strip() else None
        if words.strip() and span is None:
            missing = t("These words do not stand in the report. Copy them from it as they are.")
            st.html(f'<p class="ca-note ca-review-problem" role="alert">{esc(missing)}</p>')
        st.button(
            t("Make them place words"), key="ca-review-add", disabled=span is None, on_click=_add, args=(claim, span)
        )


def _add(claim: ClaimRow, span: Mention) -> None:
    known = {(place.start, place.end): place.place_key for place in claim.places}
    choose(span, known.get(span))
    everywhere = sorted({*known, *_chosen()})
    _go_to(everywhere.index(span))
