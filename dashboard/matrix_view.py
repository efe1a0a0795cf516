"""Who speaks of which place: a matrix whose cells say how many claims, by number, size and colour, and open them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

import streamlit as st

from dashboard import choice, wording
from dashboard.choice import Cell
from dashboard.comparison import Compared
from dashboard.language import number, t
from dashboard.markup import chip, esc
from dashboard.sides import COLOURS, Palette, Side
from store.comparing import Role, Spoken, Voice

_SHOWN: Final = 12
_MOST: Final = 60
_MORE: Final = "ca-more-places"
_SIZES: Final = 5
_INERT: Final = re.compile(r"[^\w ,'’-]|_")


def show(compared: Compared, palette: Palette) -> None:
    """The places that most of those compared speak of; more of them on demand."""
    places = compared.places
    with st.container(key="ca-matrix"):
        st.html(_head(len(places)))
        if not places:
            st.html(f'<p class="ca-empty">{esc(t("No claim of those compared is on a place of the map."))}</p>')
            return
        opened = bool(st.session_state.get(_MORE))
        _rows(places[: _MOST if opened else _SHOWN], compared, palette)
        if len(places) > _SHOWN:
            st.checkbox(t("Show {n} places", n=min(len(places), _MOST)), key=_MORE)
        if len(places) > _MOST:
            more = t("{n} further places are left out; a filter shows them.", n=len(places) - _MOST)
            st.html(f'<p class="ca-note">{esc(more)}</p>')


def _head(n: int) -> str:
    note = t("How many claims each makes of a place. Choose a number to read them.")
    return (
        f'<h2 class="ca-section">{esc(t("Who speaks of which place"))} <span class="ca-count">{number(n)}</span></h2>'
        f'<p class="ca-note">{esc(note)}</p>'
    )


def _rows(places: Sequence[Spoken], compared: Compared, palette: Palette) -> None:
    most = max(n for place in places for n in place.by.values())
    with st.container(key=f"ca-cells-{len(compared.names)}"):
        st.html(f'<span class="ca-sr">{esc(t("Place"))}</span>')
        for voice in compared.voices:
            st.html(column_head(voice, compared.role, palette))
        for row, place in enumerate(places):
            st.html(f'<p class="ca-cell-place">{esc(place.name, limit=70)}</p>')
            for column, voice in enumerate(compared.voices):
                _cell(f"{row}-{column}", place, voice, side_of(voice, compared.role, palette), most)


def column_head(voice: Voice, role: Role, palette: Palette) -> str:
    """Who stands in a column."""
    name = esc(wording.claimant(voice.name), limit=50)
    return f'<div class="ca-column-head">{chip(side_of(voice, role, palette))}<strong>{name}</strong></div>'


def side_of(voice: Voice, role: Role, palette: Palette) -> Side:
    """The side that one of those compared is, or speaks for."""
    return palette.side(voice.name if role == "side" else voice.side)


def _cell(key: str, place: Spoken, voice: Voice, side: Side, most: int) -> None:
    n = place.by.get(voice.name, 0)
    if not n:
        st.html(f'<p class="ca-cell-none"><span class="ca-sr">{esc(t("no claims"))}</span></p>')
        return
    st.button(
        f"**{number(n)}** {_spoken(voice, place)}",
        key=f"ca-cell-{key}-p{_colour(side)}-s{size(n, most)}",
        on_click=choice.look_at,
        args=(Cell(voice.name, where=place.key),),
        type="tertiary",
    )


def _spoken(voice: Voice, place: Spoken) -> str:
    """What a screen reader says after the number. A button's label is Markdown: only letters and digits may stand in
    it."""
    who, where = (inert(text) for text in (wording.claimant(voice.name), place.name))
    return t("claims of {who} about {where}", who=who, where=where)


def inert(text: str) -> str:
    """The letters, digits and blanks of a text: nothing in it is Markdown, HTML or an address."""
    return " ".join(_INERT.sub(" ", text)[:60].split())


def size(n: int, most: int) -> int:
    """How large a cell's disc is, 1 to 5: areas grow with the number of claims."""
    return max(1, math.ceil(_SIZES * math.sqrt(n / max(most, 1))))


def _colour(side: Side) -> int:
    return COLOURS.index(side.colour) + 1 if side.colour in COLOURS else 0
