"""Decide about claims: a queue with the doubtful first, the claim in its report's words, and all that was read in it.

Everything can be done by single keys, which can be switched off; a key that is typed into a field is text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Literal

import streamlit as st

from dashboard import (
    claims_view,
    navigation,
    report_view,
    resources,
    review_form,
    review_log,
    review_places,
    review_queue,
    review_state,
    review_words,
    theme,
)
from dashboard.language import later, percent, t
from dashboard.markup import esc, said_in
from dashboard.review_form import Wanted
from dashboard.review_state import Queue
from errors import ClaimAtlasError
from store.claims import ClaimStore
from store.records import ClaimRow, PlaceRow, ReportRow
from store.reviewing import Within
from store.reviews import Action, Review

_KEYS: Final = "ca-review-keys"
_DECISIONS: Final[tuple[tuple[Action, str, str, str], ...]] = (
    ("accept", "accepted", later("Accept"), "a"), ("reject", "rejected", later("Reject"), "x"),
    ("not_identifiable", "not_identifiable", later("Not identifiable"), "n"),
)  # fmt: skip
"""What can be decided, the state that it leads to, its name and its key."""
_ALIKE: Final = frozenset({"places", "claimant", "side", "whose"})
_SAVED: Final[tuple[tuple[Literal["report", "store"], str, str], ...]] = (
    ("report", later("Save in this report: {claims}"), "d"), ("store", later("Save everywhere: {claims}"), "f"),
)  # fmt: skip


def render() -> None:
    """Draw the page."""
    theme.header(t("What was read, the most doubtful first: accept it, mend it, or throw it out."))
    resources.is_ready(None)
    review()
    theme.footer()


@st.fragment
def review() -> None:
    """The queue and the claim that is looked at. A fragment, so it tells its problems itself."""
    review_state.keep([_KEYS, *review_form.keys()])
    try:
        review_state.read_address()
        queue = review_state.queue()
        claim_id = review_state.looked_at(queue)
        found = resources.claim(claim_id) if claim_id else None
        if found:
            review_state.fill_from(found[0].id)
        review_state.write_address()
        _top(queue)
        if resources.asked(is_empty):
            claims_view.nothing_stored()
            return
        with st.container(key="ca-review"):
            left, middle, right = st.columns([0.8, 1.35, 1.05], gap="medium")
        with left, st.container(key="ca-review-queue"):
            review_queue.show(queue, found[0].id if found else None)
        with middle, st.container(key="ca-review-claim"):
            if found:
                _claim(queue, *found)
            else:
                _nothing()
        with right, st.container(key="ca-review-where"):
            if found:
                review_places.show(*found, keys=_keys())
        review_log.show(found[0] if found else None)
    except ClaimAtlasError as error:
        theme.show_problem(error, again="ca-review-again")


def is_empty(store: ClaimStore) -> bool:
    """True when there is no report to review."""
    return store.is_empty()


def _keys() -> bool:
    return bool(st.session_state.get(_KEYS, True))


def _top(queue: Queue) -> None:
    """Which queue, what was done last, and whether single keys decide."""
    with st.container(key="ca-review-top", horizontal=True, vertical_alignment="bottom"):
        review_queue.choose(queue)
        review_state.start(_KEYS, True)
        st.toggle(
            t("Single keys"), key=_KEYS,
            help=t("The key beside each button presses it, unless you are typing into a field."),
        )  # fmt: skip
    # Always there, so that what stands below keeps its place and is not made anew when something is told.
    with st.container(key="ca-review-told"):
        if problem := review_state.problem():
            theme.show_problem(problem, title=t("Your decision was not written."), next_step=_not_written())
        if told := review_state.told():
            st.html(f'<p class="ca-told" role="status">{esc(_done(*told), limit=400)}</p>')


def _not_written() -> str:
    return t("Nothing was changed, and what you filled in stands as it was: decide again once the reason is gone.")


def _done(what: review_state.Told, made: Sequence[Review]) -> str:
    words = " ".join(made[0].exact.split())[:120]
    if what == "undone":
        return t("Undone: “{words}”", words=words)
    done = t("{done}: “{words}”", done=review_words.done(made[0].action), words=words)
    return f"{done} ({review_words.others(len(made))})" if len(made) > 1 else done


def _nothing() -> None:
    """Nothing is in this queue: say what to do."""
    if review_state.shown() == review_state.Shown():
        title, hint = t("Everything has been decided about."), t("Add reports, or look at what was decided.")
    else:
        title, hint = t("No claim is in this queue."), t("Choose another state, or another kind.")
    st.html(f'<div class="ca-empty" role="status"><strong>{title}</strong> {hint}</div>')
    if review_state.shown() == review_state.Shown():
        navigation.link("add", t("Add reports"))
    else:
        st.button(t("Show what is not decided yet"), key="ca-review-all", on_click=review_state.show_undecided)


def _claim(queue: Queue, claim: ClaimRow, report: ReportRow) -> None:
    bar = st.container(key="ca-review-bar")
    at = queue.index(claim.id)
    st.html(_head(queue, claim, at))
    st.html(report_view.passage(claim, report))
    st.html(report_view.source(report))
    navigation.link("report", t("Read the whole report"), report=report.id, claim=claim.id)
    review_form.show(claim, report)
    with bar:
        _bar(queue, claim, report, at)


def _head(queue: Queue, claim: ClaimRow, at: int | None) -> str:
    parts = [review_words.state(claim.review)]
    if at is not None:
        parts.insert(0, t("{n} of {all}", n=at + 1, all=review_queue.total(queue)))
        parts.append(t("{share} sure", share=percent(queue.doubts[at].sure)))
    facts = '<span class="ca-dot">·</span>'.join(map(esc, parts))
    words = f"<h2 {said_in()}>{esc(claim.exact, limit=220)}</h2>"
    return f'<div class="ca-review-head">{words}<p class="ca-note">{facts}</p></div>'


def _bar(queue: Queue, claim: ClaimRow, report: ReportRow, at: int | None) -> None:
    """The buttons: to decide, or once something was changed, to save it here and elsewhere."""
    wanted = review_form.wanted(claim, report)
    with st.container(key="ca-review-decide", horizontal=True):
        if wanted.changes or wanted.problems:
            _save(queue, claim, report, wanted)
        else:
            for action, leads_to, label, key in _DECISIONS:
                is_so = claim.review == leads_to
                _button(label, key, _decider(queue, claim, action), primary=action == "accept", disabled=is_so)
    with st.container(key="ca-review-move", horizontal=True):
        before, after = _neighbours(queue, at)
        _button(later("Previous"), "k", lambda: review_state.look_at(before), disabled=before is None)
        _button(later("Next"), "j", lambda: review_state.look_at(after), disabled=after is None)
        last = review_state.last_decision() or review_log.last_of(claim)
        _button(later("Undo"), "u", lambda: review_state.undo(str(last)), disabled=last is None)


def _save(queue: Queue, claim: ClaimRow, report: ReportRow, wanted: Wanted) -> None:
    unfit = bool(wanted.problems)
    _button(later("Save"), "s", _saver(queue, claim, report, "claim"), primary=True, disabled=unfit)
    for within, label, key in _SAVED if wanted.changes.keys() & _ALIKE and not unfit else ():
        n = resources.asked(count_alike, claim.id, wanted.changes, within)
        if n:
            saver = _saver(queue, claim, report, within)
            _button(label, key, saver, name=f"save-{within}", claims=review_words.others(n + 1))
    _button(later("Drop the changes"), "z", review_state.begin_anew)


def count_alike(store: ClaimStore, claim_id: str, changes: dict[str, Any], within: Within) -> int:
    """How many other claims a change would change too."""
    return len(store.alike(claim_id, changes, within))


def _button(
    label: str, key: str, do: Callable[[], None], *, primary: bool = False, disabled: bool = False,
    name: str | None = None, **values: str,
) -> None:  # fmt: skip
    st.button(
        t(label, **values), key=f"ca-review-do-{name or label.lower().replace(' ', '-')}", on_click=do,
        disabled=disabled, type="primary" if primary else "secondary", shortcut=key if _keys() else None,
    )  # fmt: skip


def _decider(queue: Queue, claim: ClaimRow, action: Action) -> Callable[[], None]:
    """Writes the decision with the reason that the form holds when the button is pressed."""
    following = _following(queue, claim)

    def decide() -> None:
        why = review_form.reason()
        review_state.decide(lambda store: store.review(claim.id, action, reason=why), following)

    return decide


def _saver(queue: Queue, claim: ClaimRow, report: ReportRow, within: Within) -> Callable[[], None]:
    """Saves what the form holds when the button is pressed."""
    following = _following(queue, claim)

    def save() -> None:
        wanted, why = review_form.wanted(claim, report), review_form.reason()
        places = _places(wanted)
        review_state.decide(
            lambda store: store.review(
                claim.id, "edit", changes=wanted.changes, places=places, reason=why, within=within
            ),
            following,
        )

    return save


def _places(wanted: Wanted) -> list[PlaceRow]:
    keys = {place["key"] for place in wanted.changes.get("places", ()) if place["key"]}
    return [row for key in sorted(keys) if (row := review_places.known_place(key))]


def _neighbours(queue: Queue, at: int | None) -> tuple[str | None, str | None]:
    if at is None:
        return None, queue.doubts[0].found.row.id if queue.doubts else None
    ids = [doubt.found.row.id for doubt in queue.doubts]
    return (ids[at - 1] if at else None), (ids[at + 1] if at + 1 < len(ids) else None)


def _following(queue: Queue, claim: ClaimRow) -> list[str]:
    """The claims that come after this one in the queue; after the last one, the first that is left is looked at."""
    at = queue.index(claim.id)
    return [doubt.found.row.id for doubt in queue.doubts[at + 1 :]] if at is not None else []
