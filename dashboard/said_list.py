"""The list of the lines from where claims were said: those on the map, and those that would cover it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import claims_view, said_lines, state
from dashboard.language import number, plural, t
from dashboard.markup import esc, joined, said_in
from dashboard.matrix_view import inert
from store.sayings import Saying, Sayings

_LIST: Final = "said-lines"
_SHOWN: Final = 8


def show(found: Sayings) -> None:
    """All lines, page by page. One that is chosen opens the place it speaks of, and the map looks at both ends."""
    with st.container(key="ca-lines-list"):
        head = f'{esc(t("Said in one place of another"))} <span class="ca-count">{number(found.total)}</span>'
        st.html(f'<h2 class="ca-section">{head}</h2><p class="ca-note" role="note">{esc(said_lines.told(found))}</p>')
        if not found.first:
            return
        with st.container(key="ca-lines-page"):
            for index, saying in enumerate(claims_view.page_of(found.first, _LIST, _SHOWN)):
                _line(index, saying)
        claims_view.pages(found.first, _LIST, _SHOWN)
        if found.total > len(found.first):
            st.html(f'<p class="ca-note">{esc(claims_view.first(len(found.first)))}</p>')


def _line(index: int, saying: Saying) -> None:
    with st.container(key=f"ca-row-said-{index}"):
        st.html(_words(saying))
        at, about = inert(saying.said_at.name), inert(saying.about.name)
        spoken = t("Show what was said of {about} in {place}", about=about, place=at)
        st.button(spoken, key=f"ca-open-row-said-{index}", on_click=_open, args=(saying.said_at.key, saying.about.key))


def _words(saying: Saying) -> str:
    by_dateline = saying.basis == "dateline"
    arrow = f'<span class="ca-line ca-arrow{" ca-dashed" if by_dateline else ""}" aria-hidden="true"></span>'
    ends = (f"<span {said_in()}>{esc(place.name, limit=60)}</span>" for place in (saying.said_at, saying.about))
    facts = [esc(said_lines.voices(saying)), esc(t("by the dateline")) if by_dateline else ""]
    claims = esc(plural(saying.n, "claim", "claims"))
    return (
        f'<div class="ca-said"><p class="ca-said-ends">{arrow.join(ends)}</p><p class="ca-said-n">{claims}</p>'
        f'<p class="ca-note">{joined(facts)}</p></div>'
    )


def _open(said_at: str, about: str) -> None:
    state.select_place(about)
    state.look_at(said_at, about)
