"""Side by side: what each of those compared says of the same places, and what only one of them speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from dashboard import choice, wording
from dashboard.choice import Cell
from dashboard.claims_view import card, quoted
from dashboard.comparison import LATEST, Compared
from dashboard.language import later, number, plural, t
from dashboard.lines import ClaimLine
from dashboard.markup import esc, joined
from dashboard.matrix_view import column_head, inert
from dashboard.sides import Palette
from store.comparing import Spoken, Voice

_SHOWN: Final = 3
_MORE: Final = "ca-more-shared"
_ONLY: Final = 8


def heads(compared: Compared, palette: Palette) -> None:
    """Those compared, each with how much it says and over which days."""
    with st.container(key=f"ca-heads-{len(compared.names)}"):
        for voice in compared.voices:
            st.html(_voice(voice, compared, palette))


def _voice(voice: Voice, compared: Compared, palette: Palette) -> str:
    places = sum(voice.name in place.by for place in compared.places)
    facts = joined(
        [
            esc(plural(voice.n_counts, "number", "numbers")),
            esc(plural(voice.n_statements, "statement", "statements")),
            esc(plural(places, "place", "places")),
        ]
    )
    said = facts if voice.n else esc(t("nothing that passes the filters"))
    return (
        f'<div class="ca-voice">{column_head(voice, compared.role, palette)}<p>{said}</p>'
        f'<p class="ca-note">{esc(_days(voice))}</p></div>'
    )


def _days(voice: Voice) -> str:
    if voice.first is None or voice.last is None:
        return t("undated") if voice.n else ""
    first, last = wording.short_day(voice.first), wording.short_day(voice.last)
    return first if first == last else t("{start} to {end}", start=first, end=last)


def same_places(compared: Compared, palette: Palette) -> None:
    """The latest claims of each at the places that several speak of."""
    places = compared.shared
    with st.container(key="ca-same"):
        note = t("The latest claims of each at the places that two or more of them speak of.")
        st.html(
            f'<h2 class="ca-section">{esc(t("The same places, side by side"))} '
            f'<span class="ca-count">{number(len(places))}</span></h2><p class="ca-note">{esc(note)}</p>'
        )
        if not places:
            st.html(f'<p class="ca-empty">{esc(t(_NO_PLACE))}</p>')
        for index, place in enumerate(places if st.session_state.get(_MORE) else places[:_SHOWN]):
            _place(index, place, compared, palette)
        if len(places) > _SHOWN:
            st.checkbox(t("Show {n} shared places", n=len(places)), key=_MORE)


_NO_PLACE: Final = later("No two of those compared speak of one place under these filters.")


def _place(index: int, place: Spoken, compared: Compared, palette: Palette) -> None:
    with st.container(key=f"ca-same-{index}"):
        st.html(f'<h3 class="ca-same-place">{esc(place.name, limit=90)}</h3>')
        with st.container(key=f"ca-columns-{len(compared.names)}-{index}"):
            for column, voice in enumerate(compared.voices):
                with st.container(key=f"ca-said-{index}-{column}"):
                    st.html(column_head(voice, compared.role, palette))
                    _said(f"{index}-{column}", place, voice, compared)


def _said(key: str, place: Spoken, voice: Voice, compared: Compared) -> None:
    lines = compared.said.get((voice.name, place.key), ())
    if not lines:
        st.html(f'<p class="ca-nothing">{esc(t("says nothing of it"))}</p>')
    for at, line in enumerate(reversed(lines)):
        card(f"said-{key}-{at}", _claim(line, named=compared.role == "side"), line)
    n = place.by.get(voice.name, 0)
    if n > LATEST:
        cell = Cell(voice.name, where=place.key)
        words = t("All {n} claims of {who}", n=n, who=inert(wording.claimant(voice.name)))
        st.button(words, key=f"ca-all-{key}", on_click=choice.look_at, args=(cell,), type="tertiary")


def _claim(line: ClaimLine, *, named: bool) -> str:
    count = line.kind == "count"
    kind = wording.kind(line.count_kind) if count else wording.manner(line.mode)
    of = t("of {who}", who=line.whose[:60]) if count and line.whose else ""
    who = wording.claimant(line.claimant)[:60] if named else ""
    facts = joined([esc(part) for part in (wording.short_day(line.published), who, f"{kind} {of}".strip())])
    words = (
        f'<p class="ca-number">{esc(line.exact, limit=120)}</p><p class="ca-interval">{esc(wording.interval(line))}</p>'
        if count
        else f'<p class="ca-words">{quoted(line.exact)}</p>'
    )
    return f'<div class="ca-claim">{words}<p class="ca-facts">{facts}</p></div>'


def only(compared: Compared, palette: Palette) -> None:
    """Places, kinds of numbers and manners of speech that only one of those compared speaks of."""
    with st.container(key="ca-only"):
        note = t("Places, kinds of numbers and manners of speech of one alone among those compared.")
        st.html(f'<h2 class="ca-section">{esc(t("Said only by"))} …</h2><p class="ca-note">{esc(note)}</p>')
        with st.container(key=f"ca-columns-{len(compared.names)}-only"):
            for column, voice in enumerate(compared.voices):
                with st.container(key=f"ca-alone-{column}"):
                    st.html(column_head(voice, compared.role, palette))
                    _alone(column, voice, compared)


def _alone(column: int, voice: Voice, compared: Compared) -> None:
    found = compared.only(voice.name)
    places = [(inert(place.name) or t("a place"), n, Cell(voice.name, where=place.key)) for place, n in found.places]
    kinds = [(wording.kind(kind), n, Cell(voice.name, what=kind)) for kind, n in found.kinds]
    modes = [(wording.manner(mode), n, Cell(voice.name, what=mode)) for mode, n in found.modes]
    _list(f"{column}-places", t("Places"), places)
    _list(f"{column}-kinds", t("Kinds of numbers"), kinds)
    _list(f"{column}-modes", t("Manners of speech"), modes)
    if not (places or kinds or modes):
        st.html(f'<p class="ca-nothing">{esc(t("nothing that the others do not speak of, too"))}</p>')


def _list(key: str, head: str, items: Sequence[tuple[str, int, Cell]]) -> None:
    if not items:
        return
    with st.container(key=f"ca-alone-list-{key}"):
        st.html(f'<h3 class="ca-alone-head">{esc(head)}</h3>')
        for at, (name, n, cell) in enumerate(items[:_ONLY]):
            label = f"{name} · {number(n)}"
            st.button(label, key=f"ca-alone-{key}-{at}", on_click=choice.look_at, args=(cell,), type="tertiary")
        if len(items) > _ONLY:
            st.html(f'<p class="ca-note">{esc(t("and {n} more in the table below", n=len(items) - _ONLY))}</p>')
