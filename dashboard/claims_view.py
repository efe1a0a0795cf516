"""Lists of claims: numbers, statements by mode, and the claims that no place on the map stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

import streamlit as st

from dashboard import navigation, repeats, state, wording
from dashboard.language import later, number, plural, t
from dashboard.lines import ClaimLine
from dashboard.markup import chip, esc, joined, said_in
from dashboard.sides import Palette
from dashboard.views import View
from store.appearances import Seen
from store.schema import MODES

Item = TypeVar("Item")
PAGE: Final = 8
_LISTS: Final = (later("Numbers"), later("Statements"))
LIST: Final = "ca_list"
"""Where the session keeps which list the reader chose."""
_LIST_WIDGET: Final = "ca-list"
_UNPLACED_SHOWN: Final = 6


def nothing_stored() -> None:
    """The store is empty: say what to do."""
    title, how = t("No reports yet."), t("Paste, upload or fetch one, or load the sample reports.")
    st.html(f'<div class="ca-problem"><strong>{title}</strong><p>{how}</p></div>')
    navigation.link("add", t("Add reports"))


def reading() -> None:
    """The sample reports are being read: say so, where the lists will stand."""
    st.html(
        f'<div class="ca-reading-samples"><p role="status"><strong>{t("Reading the sample reports.")}</strong> '
        f"{t('The map fills in a few seconds.')}</p><i></i><i></i><i></i></div>"
    )


def show(view: View, palette: Palette, *, where: str) -> None:
    """Numbers or statements, whichever the reader chose; the other list when that one is empty."""
    counts = {"Numbers": view.n_numbers, "Statements": view.n_statements}
    chosen = str(st.session_state.get(LIST, _LISTS[0]))
    if not counts[chosen] and any(counts.values()):
        chosen = next(name for name in _LISTS if counts[name])
    with st.container(key="ca-lists"):
        # The words of the options change with the counts, and the widget knows its options by their words.
        st.session_state[_LIST_WIDGET] = chosen
        st.segmented_control(
            t("List"),
            _LISTS,
            format_func=lambda name: f"{t(name)} · {number(counts[name])}",
            required=True,
            key=_LIST_WIDGET,
            on_change=_choose_list,
            label_visibility="collapsed",
            width="stretch",
        )
        if chosen == _LISTS[1]:
            _paged(_by_mode(view.statements), palette, "statement", where, total=counts[chosen], headed=True)
        else:
            _paged(view.numbers, palette, "number", where, total=counts[chosen])


def _choose_list() -> None:
    st.session_state[LIST] = st.session_state[_LIST_WIDGET]


def unplaced(lines: Sequence[ClaimLine], total: int, palette: Palette) -> None:
    """Claims that are on no place of the map: never hidden."""
    with st.container(key="ca-unplaced"):
        st.html(
            f'<h2 class="ca-section">{t("Not on the map")} <span class="ca-count">{number(total)}</span></h2>'
            f'<p class="ca-note">{t("Claims whose words name no place, or none that could be located.")}</p>'
        )
        if lines:
            with st.container(key="ca-unplaced-list"):
                shown = page_of(lines, "unplaced", _UNPLACED_SHOWN)
                seen = repeats.of_lines(shown)
                for index, line in enumerate(shown):
                    _card(index, line, palette, "unplaced", seen.get(line.id))
            pages(lines, "unplaced", _UNPLACED_SHOWN)
            if total > len(lines):
                st.html(f'<p class="ca-note">{first(len(lines))}</p>')


def first(n: int) -> str:
    """That a list holds the first ``n`` only, and the way to the others."""
    return t("(the first {n}; filter to see others)", n=n)


def _by_mode(lines: Sequence[ClaimLine]) -> list[ClaimLine]:
    return sorted(lines, key=lambda line: MODES.index(line.mode) if line.mode in MODES else len(MODES))


def _paged(
    lines: Sequence[ClaimLine], palette: Palette, word: str, where: str, *, total: int, headed: bool = False
) -> None:
    more = f" {first(len(lines))}" if total > len(lines) else ""
    st.html(f'<p class="ca-note">{_number_of(total, word)} {esc(where, limit=80)}{more}</p>')
    if not lines:
        st.html(f'<p class="ca-empty">{t(_NONE[word])}</p>')
        return
    mode, shown = None, page_of(lines, word, PAGE)
    seen = repeats.of_lines(shown)
    for index, line in enumerate(shown):
        if headed and (index == 0 or line.mode != mode):
            st.html(f'<h3 class="ca-mode">{esc(wording.manner_title(line.mode))}</h3>')
            mode = line.mode
        _card(index, line, palette, word, seen.get(line.id))
    pages(lines, word, PAGE)


_NONE: Final = {
    "number": later("No number passes the filters. Lift one, or choose another place."),
    "statement": later("No statement passes the filters. Lift one, or choose another place."),
}


def _number_of(n: int, word: str) -> str:
    return plural(n, "statement", "statements") if word == "statement" else plural(n, "number", "numbers")


def page_of(lines: Sequence[Item], name: str, size: int) -> Sequence[Item]:
    """The part of a list that its page of numbers has chosen."""
    page = min(int(st.session_state.get(f"ca-page-{name}", 1)), _page_count(lines, size))
    return lines[(page - 1) * size : page * size]


def _page_count(lines: Sequence[object], size: int) -> int:
    return max(1, -(-len(lines) // size))


def pages(lines: Sequence[object], name: str, size: int) -> None:
    """The page numbers of a list, when it has more than one page."""
    count = _page_count(lines, size)
    key = f"ca-page-{name}"
    if int(st.session_state.get(key, 1)) > count:
        st.session_state[key] = count
    if count > 1:
        st.pagination(count, key=key, max_visible_pages=5)


def _card(index: int, line: ClaimLine, palette: Palette, name: str, seen: Seen | None) -> None:
    card(f"{name}-{index}", body(line, palette, repeats.note(seen)), line)


def body(line: ClaimLine, palette: Palette, note: str = "") -> str:
    """What a card says of a claim; ``note`` is a last line, as HTML."""
    return _number(line, palette, note) if line.kind == "count" else _statement(line, palette, note)


def card(
    key: str, words: str, line: ClaimLine, *, style: str = "card", opened: Callable[[str], None] = state.show_claim
) -> None:
    """A card that can be clicked as a whole: the button covers it, and the keyboard finds the button.

    ``opened`` is told the claim's id.
    """
    with st.container(key=f"ca-{style}-{key}"):
        st.html(words)
        st.button(_spoken(line), key=f"ca-open-{style}-{key}", on_click=opened, args=(line.id,))


def _spoken(line: ClaimLine) -> str:
    """What a card's button does, by what is safe to say of the claim: a label is Markdown, so no word of a report may
    stand in it."""
    when = wording.short_day(line.published)
    if line.kind != "count":
        return t("Show the words of this statement: {manner}, {day}", manner=wording.manner(line.mode), day=when)
    what = wording.kind(line.count_kind)
    return t(
        "Show the words of this number: {amount}, {kind}, {day}", amount=wording.interval(line), kind=what, day=when
    )


def _head(line: ClaimLine, palette: Palette) -> str:
    who = esc(wording.claimant(line.claimant), limit=80)
    when = esc(wording.short_day(line.published))
    return f'<div class="ca-card-head">{chip(palette.side(line.side))}<strong>{who}</strong><time>{when}</time></div>'


def _places(line: ClaimLine) -> str:
    return esc(line.where, limit=110)


def _number(line: ClaimLine, palette: Palette, note: str) -> str:
    facts = joined(
        [
            wording.kind(line.count_kind).capitalize(),
            esc(t("of {whom}", whom=line.whose), limit=60) if line.whose else "",
            _places(line) or t("no place on the map"),
        ]
    )
    return (
        f'<div class="ca-claim">{_head(line, palette)}<p class="ca-number" {said_in()}>{esc(line.exact, limit=160)}</p>'
        f'<p class="ca-interval">{esc(wording.interval(line))}</p><p class="ca-facts">{facts}</p>{note}</div>'
    )


def quoted(words: str) -> str:
    """Words in quotation marks, escaped; words that bring their own get none."""
    inner = esc(words, limit=240)
    return inner if words[:1] in '“"‘«„' else t("“{words}”", words=inner)


def _statement(line: ClaimLine, palette: Palette, note: str) -> str:
    manner = wording.manner(line.mode)
    told = t("{manner} to {whom}", manner=manner, whom=line.addressee) if line.addressee else manner
    facts = joined([esc(told, limit=90), _places(line) or t("no place on the map")])
    return (
        f'<div class="ca-claim">{_head(line, palette)}<p class="ca-words" {said_in()}>{quoted(line.exact)}</p>'
        f'<p class="ca-facts">{facts}</p>{note}</div>'
    )
