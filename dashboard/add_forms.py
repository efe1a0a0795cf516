"""How reports are handed in: pasted, as files, or by their address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import current_job, theme
from dashboard.jobs import Upload
from dashboard.language import later, plural, t, told
from dashboard.markup import esc
from errors import ClaimAtlasError
from pipeline.intake import ENDINGS, Address, Pasted, host_of, table_head

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

MOST_MEGABYTES: Final = 50
"""Of one file; what the bounded readers of documents take."""
_MOST_IN_ALL: Final = 200
"""Megabytes of all files of one hand-in: until they are read, they are held in memory."""
_OLDEST: Final = date(1800, 1, 1)
_LATEST: Final = date(2100, 1, 1)
_TABLES: Final = (".csv", ".tsv")
_COLUMNS: Final = (
    ("text", later("Text")),
    ("published", later("Date")),
    ("title", later("Title")),
    ("outlet", later("Outlet")),
    ("url", later("Address")),
)


def show() -> None:
    """The three ways, one behind the other."""
    paste, files, web = st.tabs([t("Paste a text"), t("Upload files"), t("Web address or feed")], key="ca-add-how")
    with paste:
        _paste()
    with files:
        _files()
    with web:
        _web()


def _paste() -> None:
    with st.form("ca-paste", border=False, enter_to_submit=False):
        text = st.text_area(
            t("Text of the report"),
            key="ca-paste-text",
            height=260,
            placeholder=t("Paste one report, in English."),
            persist_state="session",
        )
        title = st.text_input(t("Title"), key="ca-paste-title", max_chars=300, persist_state="session")
        outlet, published = st.columns(2)
        with outlet:
            name = st.text_input(t("Outlet"), key="ca-paste-outlet", max_chars=120, persist_state="session")
        with published:
            day = date_of("ca-paste-date", None)
        theme.note(t("Leave the date empty if you do not know it; it is never guessed. Nothing leaves this machine."))
        if st.form_submit_button(t("Read it"), type="primary", key="ca-paste-read"):
            current_job.begin([Pasted(text, title.strip() or None, name.strip() or None, day)])


def date_of(key: str, value: date | None) -> date | None:
    """A day, or none; it begins as ``value``, and never as today."""
    st.session_state.setdefault(key, value)  # a widget that is made with a value cannot be emptied
    return st.date_input(
        t("Date of publication"), None, min_value=_OLDEST, max_value=_LATEST, key=key, format="YYYY-MM-DD"
    )


# -- files -------------------------------------------------------------------------------------------------------


def _files() -> None:
    files = st.file_uploader(
        t("Files with reports"),
        [ending.removeprefix(".") for ending in ENDINGS],
        accept_multiple_files=True,
        key="ca-files",
        max_upload_size=MOST_MEGABYTES,
        help=t("Texts, web pages, PDF, word processor files, mails, feeds, web archives, CSV and JSON lines."),
    )
    chosen = {file.file_id: _columns(file) for file in files if file.name.lower().endswith(_TABLES)}
    size = sum(file.size for file in files) / 1e6
    if size > _MOST_IN_ALL:
        too_much = t(
            "These files have {size} MB; hand in at most {most} MB at a time.", size=round(size), most=_MOST_IN_ALL
        )
        theme.note(too_much, style="ca-problem", role="alert")
    theme.note(t("They are read on this machine and are not kept: the store holds the text alone."))
    ready = bool(files) and size <= _MOST_IN_ALL and all(columns is not None for columns in chosen.values())
    label = t("Read {files}", files=plural(len(files), "file", "files")) if files else t("Read the files")
    if st.button(label, type="primary", key="ca-files-read", disabled=not ready):
        current_job.begin([Upload(file.name, file.getvalue(), chosen.get(file.file_id) or {}) for file in files])


def _columns(file: UploadedFile) -> dict[str, str] | None:
    """Which column of a table is what; None when that is not known yet."""
    try:
        names, first = table_head(file.getvalue(), file.name)
    except ClaimAtlasError:
        return {}  # what is wrong with it is told with the reason when it is read
    with st.container(key=f"ca-columns-{file.file_id}", border=True):
        theme.note(t("Which column of {file} is what?", file=_strong(file.name)))
        chosen = {field: _column(field, label, names, first, file.file_id) for field, label in _COLUMNS}
        if chosen["text"] is None:
            theme.note(t("Choose the column that holds the text of the reports."), role="status")
            return None
    return {field: names[place] for field, place in chosen.items() if place is not None}


def _strong(name: str) -> str:
    return f"<strong>{esc(name, limit=80)}</strong>"


def _column(field: str, label: str, names: Sequence[str], first: Sequence[str], file_id: str) -> int | None:
    """The place of a column, as its reader says; at first the one that is called like what is asked for."""
    called = [place for place, name in enumerate(names) if name.strip().casefold() == field]
    return st.selectbox(
        t(label),
        range(len(names)),
        called[0] if called else None,
        format_func=lambda place: _column_label(names, first, place),
        key=f"ca-column-{file_id}-{field}",
        placeholder=t("None"),
    )


def _column_label(names: Sequence[str], first: Sequence[str], place: int) -> str:
    words = " ".join(first[place].split())[:40] if place < len(first) else ""
    return f"{names[place].strip()[:40]} – {words}" if words else names[place].strip()[:40]


# -- the net -----------------------------------------------------------------------------------------------------


def _web() -> None:
    url = st.text_input(
        t("Address of a page, a PDF or a feed"),
        key="ca-url",
        max_chars=2000,
        placeholder="https://…",
        persist_state="session",
    ).strip()
    url = url if "://" in url or not url else f"https://{url}"
    entries = st.number_input(
        t("Of a feed, read at most so many entries"), 1, 200, 20, key="ca-entries", persist_state="session"
    )
    host, problem = _asked(url)
    theme.note(_consent(host), style="ca-note ca-consent")
    if problem:
        theme.note(esc(problem), role="alert")
    if st.button(t("Fetch and read"), type="primary", key="ca-url-read", disabled=host is None):
        current_job.begin([Address(url, int(entries))])


def _asked(url: str) -> tuple[str | None, str]:
    """The host that would be asked, or why none can be."""
    if not url:
        return None, ""
    try:
        return host_of(url), ""
    except ClaimAtlasError as error:
        return None, told(error)


def _consent(host: str | None) -> str:
    who = _strong(host) if host else t("the host of the address")
    return t(
        "Nothing is asked until you press the button. Then this machine asks {host} for its robots.txt and for the "
        "page, and, when that is a feed, the pages that it names. They see the network address of this machine and "
        "“ClaimAtlas” as the program that asks. Nothing of your reports is sent.",
        host=who,
    )
