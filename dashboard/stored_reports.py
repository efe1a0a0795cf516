"""The reports of the store: found by title or outlet, shown on the map, removed; the samples, loaded and removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import streamlit as st

from dashboard import claims_view, current_job, navigation, resources, state, theme, wording
from dashboard.language import number, plural, t, told
from dashboard.markup import esc
from errors import ClaimAtlasError
from pipeline.intake import Samples
from pipeline.samples import sample_ids
from store.claims import ClaimStore
from store.filters import Filters

_PAGE: Final = 8
_FIND: Final = "ca-stored-find"
_PROBLEM: Final = "ca_remove_problem"


@dataclass(frozen=True, slots=True)
class Stored:
    """A report as the list shows it."""

    id: str
    title: str
    outlet: str
    published: date | None
    claims: int
    sample: bool


def show() -> None:
    """Draw the list."""
    reports = stored()
    with st.container(key="ca-stored"):
        title = t("Reports in the store")
        st.html(f'<h2 class="ca-section">{title} <span class="ca-count">{number(len(reports))}</span></h2>')
        if len(reports) > _PAGE:
            st.text_input(t("Find a report"), key=_FIND, placeholder=t("Words of its title or outlet"), max_chars=120)
        left = matching(reports, str(st.session_state.get(_FIND) or ""))
        if not left:
            words = (
                t("No report has these words.") if reports else t("The store is empty. Add a report, or the samples.")
            )
            theme.note(words, style="ca-empty")
        for row, report in enumerate(claims_view.page_of(left, "stored", _PAGE)):
            _row(row, report)
        claims_view.pages(left, "stored", _PAGE)
        _samples([report for report in reports if report.sample])


def stored() -> list[Stored]:
    """The reports of the store, the latest first and those without a date last."""
    frame = resources.overview().reports
    found = [_stored(row) for row in frame.to_dict("records")]
    return sorted(found, key=lambda report: report.published or date.min, reverse=True)


def _stored(row: dict[Any, Any]) -> Stored:
    return Stored(
        id=row["id"],
        title=row["title"] or t("Untitled report"),
        outlet=row["outlet"] or "",
        published=row["published"] or None,
        claims=row["n_claims"],
        sample=row["sample"],
    )


def matching(reports: Sequence[Stored], words: str) -> list[Stored]:
    """The reports that have all of these words in title or outlet, whatever their case."""
    wanted = words.casefold().split()
    return [
        report for report in reports if all(word in f"{report.title} {report.outlet}".casefold() for word in wanted)
    ]


def _row(number: int, report: Stored) -> None:
    """A report with its buttons. No word of a report stands on a button, for its label is Markdown."""
    facts = [
        esc(report.outlet, limit=80),
        esc(wording.short_day(report.published)),
        plural(report.claims, "claim", "claims"),
        t("sample report") if report.sample else "",
    ]
    with st.container(key=f"ca-stored-{number}", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<div class="ca-stored-report"><strong>{esc(report.title, limit=160)}</strong>'
            f'<p class="ca-note">{" · ".join(filter(None, facts))}</p></div>'
        )
        if st.button(t("Map"), key=f"ca-stored-map-{number}", help=t("Show what this report says on the map")):
            navigation.show_on_map(report.id)
        if st.button(t("Remove"), key=f"ca-stored-remove-{number}", help=t("Take this report out of the store")):
            _asked(t("Remove this report?"), lambda: _confirm(report))


def _asked(title: str, draw: Callable[[], None]) -> None:
    st.dialog(title)(draw)()


def _confirm(report: Stored) -> None:
    """Say what goes with a report, and remove it when that is wanted."""
    lost = resources.asked(places_lost, report.id)
    st.html(
        f'<div class="ca-confirm"><p><strong>{esc(report.title, limit=200)}</strong></p><p>'
        + t(
            "Its text and {claims} go. Places that leave the map, because no other report speaks of them: {n}.",
            claims=plural(report.claims, "claim", "claims"),
            n=lost,
        )
        + "</p><p>"
        + t("Other reports stay as they are. You can add this one again.")
        + "</p></div>"
    )
    _removing([report.id])


def places_lost(store: ClaimStore, report_id: str) -> int:
    """How many places of the map only this report speaks of."""
    everywhere = {mark.place.key: mark.n for mark in store.marks(Filters())}
    return sum(mark.n == everywhere[mark.place.key] for mark in store.marks(Filters(reports=(report_id,))))


def _removing(ids: Sequence[str]) -> None:
    with st.container(horizontal=True):
        removed = st.button(t("Remove"), key="ca-remove-yes", type="primary", on_click=_remove, args=(ids,))
        kept = st.button(t("Keep"), key="ca-remove-no")
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        theme.note(esc(problem), style="ca-problem", role="alert")
    elif removed or kept:
        st.rerun()


def _remove(ids: Sequence[str]) -> None:
    try:
        with resources.writing() as store:
            for report_id in ids:
                store.remove(report_id)
    except ClaimAtlasError as error:
        st.session_state[_PROBLEM] = told(error)
        return
    state.limit("reports", tuple(name for name in state.filters().reports if name not in ids))


def _samples(samples: Sequence[Stored]) -> None:
    with st.container(key="ca-samples", horizontal=True, vertical_alignment="center"):
        words = t("{reports} of these are samples that ship with Claim Atlas.", reports=f"{len(samples)}")
        none = t("The sample reports are not in the store. An empty store is filled with them at the next start.")
        theme.note(words if samples else none)
        if len(samples) < len(sample_ids()) and st.button(t("Load the samples"), key="ca-samples-load"):
            current_job.begin([Samples()], at_once=True)
        if samples and st.button(t("Remove the samples"), key="ca-samples-remove"):
            _asked(t("Remove the sample reports?"), lambda: _confirm_samples(samples))


def _confirm_samples(samples: Sequence[Stored]) -> None:
    st.html(
        '<div class="ca-confirm"><p>'
        + t(
            "{reports} and {claims} go; your own reports stay. You can load the samples again.",
            reports=plural(len(samples), "report", "reports"),
            claims=plural(sum(sample.claims for sample in samples), "claim", "claims"),
        )
        + "</p></div>"
    )
    _removing([sample.id for sample in samples])
