"""What was decided: about the present claim, and about all of them, each decision with the way to take it back."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import language, resources, review_places, review_state, review_words
from dashboard.language import number, t
from dashboard.markup import esc, said_in
from store.claims import ClaimStore
from store.records import ClaimRow
from store.reviews import Review

_PAGE: Final = 8
_AT: Final = "ca-review-log-page"
_ALL: Final = "ca-review-log-all"
_CHOICES: Final = ("all", "claim", "orphaned")


def show(claim: ClaimRow | None) -> None:
    """The log, newest first, a page at a time."""
    with st.container(key="ca-review-log"):
        st.html(f'<h2 class="ca-section">{t("What was decided")}</h2>')
        st.segmented_control(
            t("Decisions"), _CHOICES, default=_CHOICES[0], format_func=_choice, key=_ALL, required=True,
            label_visibility="collapsed",
        )  # fmt: skip
        chosen = st.session_state[_ALL]
        about = claim.id if claim and chosen == "claim" else None
        rows, more = _rows(about, orphaned=chosen == "orphaned")
        if not rows:
            st.html(f'<p class="ca-empty">{esc(_nothing(chosen))}</p>')
        for index, review in enumerate(rows):
            _row(index, review)
        _leaf(more=more)


def last_of(claim: ClaimRow) -> str | None:
    """Id of the last decision about a claim that stands; None when there is none."""
    if claim.review == "none":
        return None
    found = resources.asked(read_log, claim.id, False, 0)
    return next((row.id for row in found if row.action != "undo" and not row.undone), None)


def read_log(store: ClaimStore, claim_id: str | None, orphaned: bool, page: int) -> list[Review]:
    """A page of the log and one row more, which says that there is a further page."""
    return store.reviews(claim_id, orphaned=orphaned, limit=_PAGE + 1, offset=page * _PAGE)


def _choice(name: str) -> str:
    if name == "all":
        return t("All decisions")
    return t("About this claim") if name == "claim" else t("Whose claim is gone")


def _nothing(chosen: str) -> str:
    if chosen == "orphaned":
        return t("Every decision has its claim. Those of removed reports would be listed here.")
    return t("Nothing has been decided yet. Every decision is kept here for good.")


def _rows(claim_id: str | None, *, orphaned: bool) -> tuple[list[Review], bool]:
    page = int(st.session_state.get(_AT, 0))
    found = resources.asked(read_log, claim_id, orphaned, page)
    if not found and page:
        st.session_state[_AT] = 0
        found = resources.asked(read_log, claim_id, orphaned, 0)
    return found[:_PAGE], len(found) > _PAGE


def _leaf(*, more: bool) -> None:
    page = int(st.session_state.get(_AT, 0))
    if not (page or more):
        return
    with st.container(key="ca-review-log-ways", horizontal=True, vertical_alignment="center"):
        st.button(t("Newer"), key="ca-review-newer", disabled=not page, on_click=_go, args=(page - 1,))
        st.html(f'<span class="ca-note">{number(page + 1)}</span>', width="content")
        st.button(t("Older"), key="ca-review-older", disabled=not more, on_click=_go, args=(page + 1,))


def _go(page: int) -> None:
    st.session_state[_AT] = page


def _row(index: int, review: Review) -> None:
    with st.container(key=f"ca-logged-{index}", horizontal=True, vertical_alignment="center"):
        st.html(_words(review), width="stretch")
        if review.action != "undo" and not review.undone:
            st.button(
                t("Undo"), key=f"ca-log-undo-{index}", on_click=review_state.undo, args=(review.id,), type="tertiary"
            )


def _words(review: Review) -> str:
    when = f"{language.short_day(review.at.date())}, {review.at:%H:%M} UTC"
    notes = [t("undone")] if review.undone else []
    notes += [t("its claim is gone")] if review.orphaned else []
    notes += [t("done with others")] if review.batch else []
    facts = [*review_words.changed(review, _name), review.reason or "", *notes]
    told = '<span class="ca-dot">·</span>'.join(esc(fact, limit=200) for fact in facts if fact)
    gone = " ca-gone" if review.undone else ""
    return (
        f'<div class="ca-logged{gone}"><strong>{esc(review_words.done(review.action))}</strong>'
        f"<q {said_in()}>{esc(' '.join(review.exact.split()), limit=140)}</q>"
        f'<span class="ca-note">{told}</span><time>{esc(when)}</time></div>'
    )


def _name(key: str) -> str:
    row = review_places.known_place(key)
    return row.name if row else key
