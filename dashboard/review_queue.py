"""The queue: which claims are in it, and their cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard import claims_view, review_state, review_words
from dashboard.language import number, percent, t
from dashboard.lines import from_row
from dashboard.markup import esc
from dashboard.review_state import KINDS, Queue
from store.reviewing import Doubt
from store.schema import REVIEW_STATES

_STATE: Final = "ca-review-state"
_KIND: Final = "ca-review-kind"
_UNPLACED: Final = "ca-review-unplaced"
_PAGE: Final = 7
_TURN: Final = "ca_review_turn"


def choose(queue: Queue) -> None:
    """What is in the queue."""
    del queue
    shown = review_state.shown()
    st.session_state[_STATE], st.session_state[_KIND] = shown.state, shown.kind
    st.session_state[_UNPLACED] = shown.unplaced
    _select(t("Claims"), REVIEW_STATES, review_words.state, _STATE)
    _select(t("Kind"), KINDS, review_words.kind, _KIND)
    st.toggle(t("With words that could not be placed"), key=_UNPLACED, on_change=_chosen)


def _select(label: str, names: Sequence[str], in_words: Callable[[str], str], key: str) -> None:
    st.selectbox(
        label,
        names,
        format_func=lambda name: in_words(name).capitalize(),
        key=key,
        on_change=_chosen,
        width=190,
    )


def _chosen() -> None:
    state, kind = st.session_state[_STATE], st.session_state[_KIND]
    review_state.show(review_state.Shown(state, kind, bool(st.session_state[_UNPLACED])))


def show(queue: Queue, current: str | None) -> None:
    """The cards, with the page of them that the present claim is on."""
    head = f'{esc(t("Queue"))} <span class="ca-count">{total(queue)}</span>'
    st.html(f'<h2 class="ca-section">{head}</h2>{_too_much(queue)}')
    key, page = _page(queue, current)
    for index, doubt in enumerate(queue.doubts[(page - 1) * _PAGE : page * _PAGE]):
        _card(index, doubt, current)
    if (count := -(-len(queue.doubts) // _PAGE)) > 1:
        st.pagination(count, default=page, key=key, max_visible_pages=5)


def total(queue: Queue) -> str:
    """How many claims it has, as far as they were counted."""
    return f"{number(queue.total)}+" if queue.more else number(queue.total)


def _too_much(queue: Queue) -> str:
    """Not all are listed: say which are, and how a part of them is chosen."""
    if not queue.is_long:
        return ""
    listed = t(
        "The {n} most doubtful of {all} are listed; others follow as you decide.", n=len(queue.doubts), all=total(queue)
    )
    hint = "" if review_state.shown().kind else t("Choose a kind above to work on a part of them.")
    return f'<p class="ca-note">{esc(listed)} {esc(hint)}</p>'


def _page(queue: Queue, current: str | None) -> tuple[str, int]:
    """Key and page of the page numbers: made anew on the page of the present claim when another one is looked at."""
    seen, turn = st.session_state.get(_TURN, (None, 0))
    if seen != current:
        turn += 1
        st.session_state[_TURN] = (current, turn)
    key = f"ca-page-review-{turn}"
    pages = max(1, -(-len(queue.doubts) // _PAGE))
    return key, min(int(st.session_state.get(key, (queue.index(current) or 0) // _PAGE + 1)), pages)


def _card(index: int, doubt: Doubt, current: str | None) -> None:
    row, found = doubt.found.row, doubt.found
    line = replace(from_row(row, found.published, found.places), outlet=found.outlet, title=found.title)
    sure = t("{share} sure", share=percent(doubt.sure))
    note = f'<p class="ca-note ca-doubt">{esc(sure)}</p>'
    style = "current" if row.id == current else "card"
    words = claims_view.body(line, review_state.known().palette)
    with st.container(key=f"ca-queued-{style}-{index}"):
        claims_view.card(f"queue-{index}", words + note, line, opened=review_state.look_at)
