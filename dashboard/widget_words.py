"""What Streamlit writes itself, on its widgets, in its menu and when the server is gone, in the reader's language.

Most of it cannot be given by an argument, so a script of the page's own replaces it where it stands
(``frontend/widgets.js``): by the place that it is within and by the whole text, so that no word of a report is touched.
What is not replaced is named in ``docs/languages.md``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from dashboard.language import later, t

_SCRIPT: Final = Path(__file__).resolve().parent / "frontend" / "widgets.js"
_GONE: Final = "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:"
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "[data-testid=stSkipToContent]": (later("Skip to main content"),),
    "[data-testid=stTopNav]": (later("App pages"),),
    "[data-testid=stMainMenuButton], [data-testid=stMainMenuPopover]": (
        later("Main menu"), later("Theme"), later("System"), later("Light"), later("Dark"), later("Print"),
        later("Record screen"), later("Copy version to clipboard"), later("Made with Streamlit v"),
    ),
    "[data-testid=stSelectbox]": (later("Open"), later("Clear value"), later("Choose an option")),
    "[data-testid=stSelectboxVirtualDropdown]": (later("No results"), later("Dismiss")),
    "[data-live-announcer], [id^=react-aria-description]": (
        later("{n} options available."), later("{n} option available."), later("Selected Date: {day}"),
    ),
    "[data-testid=stTooltipHoverTarget]": (later("Help for {label}"),),
    "[data-testid=stSlider]": (later("{label} — start"), later("{label} — end")),
    "[data-testid=stPagination]": (later("Previous page"), later("Next page"), later("Page {n}")),
    "[data-testid=stBaseButton-primary], [data-testid=stBaseButton-secondary]": (later("Shortcut {key}"),),
    "[data-testid=stDateInput]": (
        later("Choose date"), later("Clear date"), later("year, {label}"), later("month, {label}"),
        later("day, {label}"), later("yyyy"), later("mm"), later("dd"),
    ),
    "[data-testid=stDateInputCalendar]": (
        later("Choose date"), later("Choose date, {month}"), later("Previous month"), later("Next month"),
        later("Use arrow keys to navigate dates. Enter to select. Escape to close."),
    ),
    "[data-testid=stNumberInput]": (
        later("Increment"), later("Decrement"),
        later("Error: Number is outside the allowed range. Please enter a value between {least} and {most}."),
        later("Number is outside the allowed range. Please enter a value between {least} and {most}."),
    ),
    "[data-testid=InputInstructions]": (
        later("Press Enter to apply"), later("Press Ctrl+Enter to apply"), later("Press ⌘+Enter to apply"),
    ),
    "[data-testid=stFileUploader]": (
        later("Upload"), later("Add files"), later("Drag and drop files here"), later("{size} per file"),
        later("file upload"), later("Remove {file}"), later("Error:"), later("{kind} files are not allowed."),
    ),
    "[data-testid=stElementToolbar], [data-testid=stTooltipContent]": (
        later("Show/hide columns"), later("Show/hide columns: {table}"), later("Download as CSV"),
        later("Download as CSV: {table}"), later("Search"), later("Search: {table}"), later("Fullscreen"),
        later("Fullscreen: {table}"), later("Close fullscreen"), later("Close fullscreen: {table}"),
    ),
    "[data-testid=stDataFrameColumnVisibilityMenu]": (later("Select all"), later("(index)")),
    "[data-testid=stDataFrameResizable] .gdg-search-bar": (
        later("Type to search"), later("Previous Result"), later("Next Result"), later("Close Search"),
    ),
    "[data-testid=stStatusWidget], [data-testid=stConnectionStatus]": (
        later("Running..."), later("Stop"), later("Connecting"), later("Connecting to Streamlit server"),
        later("Unable to connect to Streamlit server"), later("Error"),
    ),
    "[data-testid=stDialog]": (
        later("Connection error"), later("Close"), later("Copy to clipboard"), _GONE, "streamlit run yourscript.py",
    ),
}  # fmt: skip
"""CSS selectors of the places, and what stands there; ``{names}`` stand for whatever is there."""
_PAGES: Final[Mapping[str, str]] = {
    ".st-key-ca-page-number": later("Pages of the numbers"),
    ".st-key-ca-page-statement": later("Pages of the statements"),
    ".st-key-ca-page-unplaced": later("Pages of the claims that are not on the map"),
    ".st-key-ca-page-said-lines": later("Pages of the lines"),
    ".st-key-ca-page-reports, .st-key-ca-page-stored": later("Pages of the reports"),
    ".st-key-ca-page-of-report": later("Pages of the claims of the report"),
    "[class*=st-key-ca-page-review-]": later("Pages of the queue"),
}
"""Names for what Streamlit calls "Pagination" each time, by its list: a reader who goes from landmark to landmark hears
which of them it is."""
_INSTEAD: Final[Mapping[str, str]] = {
    _GONE: later("The server of this page does not answer. What you see stays. If it was stopped, start it again by:"),
    "streamlit run yourscript.py": "make run",
}
"""What is said otherwise in English, too: the reader started Claim Atlas, and knows of no Streamlit."""


def script() -> str:
    """The script that says them in the reader's language, as a whole: it may be run any number of times."""
    rules = json.dumps(list(_rules()), ensure_ascii=False).replace("<", "\\u003c")
    return f"<script>{_SCRIPT.read_text('utf-8')}\nwindow.caWidgetWords.say({rules});</script>"


def _rules() -> Iterator[tuple[str, str, str]]:
    """Place, Streamlit's pattern and ours, where they differ."""
    for place, name in _PAGES.items():
        yield place, "Pagination", t(name)
    for place, texts in _WORDS.items():
        for text in texts:
            if (said := t(_INSTEAD.get(text, text))) != text:
                yield place, text, said
