"""A claim in its report: the very words highlighted, with what stands around them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import streamlit as st

from dashboard import navigation, repeats, resources, said_lines, state, wording
from dashboard.language import later, t
from dashboard.markup import chip, esc, highlighted, said_in
from dashboard.sides import Palette
from store.records import ClaimRow, ReportRow

_AROUND: Final = 420
"""Characters of context on either side of the claim's sentence."""
_ROLES: Final = {
    "cue": "ca-hl-cue",
    "speaker": "ca-hl-speaker",
    "number": "ca-hl-claim",
    "content": "ca-hl-claim",
    "more": "ca-hl-claim",
}
"""Style of each role that a claim's spans may have."""


def show(claim: ClaimRow, report: ReportRow, palette: Palette) -> None:
    """The claim, its reading, and its place in the report."""
    with st.container(key="ca-report"):
        with st.container(key="ca-report-ways", horizontal=True, vertical_alignment="center"):
            st.button(t("Back to the lists"), key="ca-back", on_click=state.show_claim, args=(None,))
            navigation.link("report", t("Read the whole report"), report=report.id, claim=claim.id)
        st.html(reading(claim, palette))
        st.html(source(report))
        st.html(passage(claim, report))
        start, end = window(claim, report)
        if start > 0 or end < len(report.text):
            with st.expander(t("The whole report")):
                whole = _excerpt(claim, report, 0, len(report.text))
                st.html(f'<div class="ca-context" {said_in(report.language)}>{whole}</div>')
        repeats.show(claim)


def passage(claim: ClaimRow, report: ReportRow) -> str:
    """The claim's words made out in what stands around them, and what the colours mean."""
    excerpt = _excerpt(claim, report, *window(claim, report))
    return f'<div class="ca-context" {said_in(report.language)}>{excerpt}</div>{_key(excerpt)}'


_KEY: Final = {
    "ca-hl-claim": later("the claim"),
    "ca-hl-speaker": later("who says it"),
    "ca-hl-cue": later("how"),
    "ca-hl-place": later("where"),
}


def _key(excerpt: str) -> str:
    """What the colours of an excerpt mean; only those that are in it."""
    marks = [f'<mark class="{name}">{t(words)}</mark>' for name, words in _KEY.items() if f'class="{name}"' in excerpt]
    return f'<p class="ca-note ca-hl-key">{" ".join(marks)}</p>'


def reading(claim: ClaimRow, palette: Palette) -> str:
    """How a claim was read, fact by fact."""
    rows = "".join(f"<dt>{esc(name)}</dt><dd>{value}</dd>" for name, value in _facts(claim, palette))
    return f'<div class="ca-reading"><h2 {said_in()}>{esc(claim.exact, limit=220)}</h2><dl>{rows}</dl></div>'


def _facts(claim: ClaimRow, palette: Palette) -> Iterator[tuple[str, str]]:
    side = palette.side(claim.side)
    yield t("Claimed by"), f"{chip(side)} {esc(wording.claimant(claim.claimant), limit=120)}"
    if claim.claimant_text:
        yield t("Named as"), esc(claim.claimant_text, limit=120)
    if claim.kind == "count":
        yield (
            t("Number as written"),
            esc(" ".join(filter(None, (claim.modifier, claim.number or claim.exact))), limit=120),
        )
        yield t("Which means"), esc(wording.interval(claim))
        yield t("Kind"), esc(wording.kind(claim.count_kind))
        yield t("Whose"), esc(claim.whose or t("the report does not say"), limit=120)
    else:
        yield t("Manner"), esc(", ".join(filter(None, (wording.manner(claim.mode), wording.form(claim.form)))))
        if claim.addressee:
            yield t("Addressed to"), esc(claim.addressee, limit=120)
    yield from _said_at(claim)
    yield from _where(claim)


def _said_at(claim: ClaimRow) -> Iterator[tuple[str, str]]:
    words = said_lines.place_of(claim.said_at, claim.said_basis, resources.place)
    if words:
        yield t("Said at"), esc(words, limit=160)


def _where(claim: ClaimRow) -> Iterator[tuple[str, str]]:
    """The places as written, each with the place it was read as, and what a derived area was derived from."""
    located = [(place.text, resources.place(place.place_key)) for place in claim.places if place.place_key]
    lost = [place.text for place in claim.places if not place.place_key]
    names = [wording.place(text, row.name) if row else text for text, row in located]
    yield t("Where"), esc(", ".join(dict.fromkeys(names)) or t("no place on the map"), limit=240)
    derived = dict.fromkeys(row.derived_from for _, row in located if row and row.derived_from)
    if derived:
        yield t("Area derived from"), esc("; ".join(derived), limit=400)
    if lost:
        yield t("Not located"), esc(", ".join(lost), limit=200)


def source(report: ReportRow, *, level: int = 3) -> str:
    """Title of a report as a heading, its outlet and date, and the way to its page on the web."""
    parts = [esc(report.outlet, limit=80)] if report.outlet else []
    parts.append(esc(wording.day(report.published)))
    if report.sample:
        parts.append(t("sample report"))
    if report.url and report.url.startswith(("https://", "http://")):
        where = esc(report.url, limit=2000)
        parts.append(f'<a href="{where}" rel="noreferrer" target="_blank">{esc(t("on the web"))}</a>')
    title = esc(report.title or t("Untitled report"), limit=200)
    return f'<div class="ca-source"><h{level}>{title}</h{level}><p class="ca-note">{" · ".join(parts)}</p></div>'


def window(claim: ClaimRow, report: ReportRow) -> tuple[int, int]:
    """The part of the report to show: the claim's sentence and context, cut between words."""
    low = max(0, min(claim.sentence[0], claim.start) - _AROUND)
    high = min(len(report.text), max(claim.sentence[1], claim.end) + _AROUND)
    if low:
        low = _after_blank(report.text, low)
    if high < len(report.text):
        high = max(report.text.rfind(" ", 0, high), claim.end)
    return low, high


def _after_blank(text: str, position: int) -> int:
    found = text.find(" ", position)
    return position if found < 0 else found + 1


def _excerpt(claim: ClaimRow, report: ReportRow, start: int, end: int) -> str:
    inside = [
        (max(a, start) - start, min(b, end) - start, name) for a, b, name in _marks(claim) if a < end and b > start
    ]
    before = "… " if start else ""
    after = " …" if end < len(report.text) else ""
    return f"{before}{highlighted(report.text[start:end], inside)}{after}"


def _marks(claim: ClaimRow) -> Iterator[tuple[int, int, str]]:
    """Ranges to mark. Places inside a claim stay part of it: the claim's range starts first."""
    for role, name in _ROLES.items():
        yield from ((a, b, name) for a, b in claim.spans.get(role, ()))
    yield claim.start, claim.end, "ca-hl-claim"
    yield from ((place.start, place.end, "ca-hl-place") for place in claim.places)
