"""What was read, each field editable, and the changes that a reviewer has made in it.

Words are never taken from the form: they are looked for in the report, and their place in it is what is changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, Literal

import streamlit as st

from dashboard import review_places, review_state, review_words, wording
from dashboard.language import number, t
from dashboard.markup import esc
from store.records import ClaimRow, ReportRow
from store.reviews import MAX_REASON
from store.schema import COUNT_KINDS, MODES

_NAMES: Final = ("claimant", "side", "whose")
_BOUNDS: Final = ("low", "high")
_FLAGS: Final = ("low_open", "high_open", "approx")
_CHOICES: Final = {"count_kind": COUNT_KINDS, "mode": MODES}
_ONE_LINE: Final = 60
_LEAST_HEIGHT: Final = 68
_LONGEST_NAME: Final = 300
_LONGEST_WORDS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form says now: ``changes`` to the claim, and what in the form is none that can be made."""

    changes: dict[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def show(claim: ClaimRow, report: ReportRow) -> None:
    """Draw the form."""
    st.html(f'<h2 class="ca-section">{t("What was read")}</h2>')
    with st.container(key="ca-review-form"):
        _words(claim)
        for name in ("claimant", "side"):
            _name(claim, name)
        if claim.kind == "count":
            _name(claim, "whose")
            _choice(claim, "count_kind")
            for name in _BOUNDS:
                _bound(claim, name)
            with st.container(key="ca-review-flags", horizontal=True):
                for name in _FLAGS:
                    _start(name, getattr(claim, name))
                    st.checkbox(review_words.field(name), key=_key(name))
        else:
            _choice(claim, "mode")
        _start("reason", "")
        st.text_input(t("Why, for the log"), key=_key("reason"), max_chars=MAX_REASON)
    for problem in wanted(claim, report).problems:
        st.html(f'<p class="ca-note ca-review-problem" role="alert">{esc(problem, limit=300)}</p>')


def wanted(claim: ClaimRow, report: ReportRow) -> Wanted:
    """The changes that the form holds; none before it was drawn."""
    changes: dict[str, Any] = {}
    problems: list[str] = []
    for name in (*_NAMES, *_FLAGS, *_CHOICES):
        _take(changes, name, _given(name, getattr(claim, name)), getattr(claim, name))
    for name in _BOUNDS:
        try:
            value = review_words.bound(str(_given(name, _written(getattr(claim, name)))))
        except ValueError:
            problems.append(t("“{field}” has to be a whole number, or empty.", field=review_words.field(name)))
        else:
            _take(changes, name, value, getattr(claim, name))
    problems += _take_words(changes, claim, report)
    if places := review_places.changes(claim):
        changes["places"] = places
    low, high = changes.get("low", claim.low), changes.get("high", claim.high)
    if low is not None and high is not None and low > high:
        problems.append(t("The lower bound is above the upper bound."))
    return Wanted(changes, tuple(problems))


def keys() -> list[str]:
    """Keys of all that may be filled in."""
    return [_key(name) for name in ("words", *_NAMES, *_CHOICES, *_BOUNDS, *_FLAGS, "reason")]


def reason() -> str:
    """Why, as the reviewer wrote it."""
    return str(st.session_state.get(_key("reason"), ""))


def _take(changes: dict[str, Any], name: str, value: object, now: object) -> None:
    value = (value.strip() or None) if isinstance(value, str) else value
    if value != now:
        changes[name] = value


def _take_words(changes: dict[str, Any], claim: ClaimRow, report: ReportRow) -> list[str]:
    words = str(_given("words", claim.exact))
    if words.split() == claim.exact[:_LONGEST_WORDS].split():
        return []
    found = review_words.found_words(report.text, words, claim.start)
    if found is None:
        return [t("These words do not stand in the report. Copy them from it as they are.")]
    changes["start"], changes["end"] = found
    return []


def _words(claim: ClaimRow) -> None:
    _start("words", claim.exact[:_LONGEST_WORDS])
    height: Literal["content"] | int = "content" if len(claim.exact) > _ONE_LINE else _LEAST_HEIGHT
    st.text_area(t("Words of the claim"), key=_key("words"), height=height, max_chars=_LONGEST_WORDS)


def _name(claim: ClaimRow, name: str) -> None:
    value = getattr(claim, name)
    _start(name, value)
    typed = st.session_state.get(_key(name))
    options = dict.fromkeys([*(item for item in (value, typed) if item), *review_state.known().names])
    st.selectbox(
        review_words.field(name),
        list(options),
        index=None,
        format_func=lambda item: wording.claimant(item)[:_LONGEST_NAME],
        key=_key(name),
        placeholder=t("not said"),
        accept_new_options=True,
    )


def _choice(claim: ClaimRow, name: str) -> None:
    _start(name, getattr(claim, name))
    say = wording.kind if name == "count_kind" else wording.manner
    st.selectbox(review_words.field(name), _CHOICES[name], format_func=say, key=_key(name))


def _bound(claim: ClaimRow, name: str) -> None:
    _start(name, _written(getattr(claim, name)))
    st.text_input(review_words.field(name), key=_key(name), max_chars=30, placeholder=t("no bound"))


def _written(value: int | None) -> str:
    return "" if value is None else number(value)


def _start(name: str, value: object) -> None:
    review_state.start(_key(name), value)


def _given(name: str, default: object) -> object:
    return st.session_state.get(_key(name), default)


def _key(name: str) -> str:
    return f"ca-review-{name}-{review_state.rounds()}"
