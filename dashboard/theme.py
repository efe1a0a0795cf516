"""Look of the page: settings of the page, its style sheet, header and footer, and how a problem is told."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from dashboard import reader, widget_words
from dashboard.language import current, later, t, told
from dashboard.markup import esc
from errors import ClaimAtlasError

_FRONTEND: Final = Path(__file__).resolve().parent / "frontend"
TAGLINE: Final = later("Who says what, how many, and where.")
_DATA: Final = later(
    "Places: {geonames}, CC BY 4.0. Map: {natural_earth}, public domain. Territory names: {cldr}. "
    "Map library: Leaflet, BSD-2-Clause."
)
_PRIVACY: Final = later(
    "<strong>Nothing leaves this machine</strong> unless you switch it on. Reports, claims and filters stay in one "
    "file on it; the page loads nothing from other hosts."
)
_LINK: Final = '<a href="{address}" rel="noreferrer">{name}</a>'
_SOURCES: Final = {
    "geonames": _LINK.format(address="https://www.geonames.org", name="GeoNames"),
    "natural_earth": _LINK.format(address="https://www.naturalearthdata.com", name="Natural Earth"),
    "cldr": _LINK.format(address="https://cldr.unicode.org", name="Unicode CLDR"),
}


def configure_page() -> None:
    """Title, icon, width and style; first of all on every run."""
    st.set_page_config(
        page_title="Claim Atlas",
        page_icon=str(_FRONTEND / "icon.png"),
        layout="wide",
        menu_items={"Get help": None, "Report a bug": None, "About": None},
    )
    st.html(_FRONTEND / "page.css")


def header(line: str) -> None:
    """Product name with one line about what is on the page."""
    st.html(
        '<header class="ca-header"><h1><span class="ca-mark" aria-hidden="true"></span>Claim Atlas</h1>'
        f"<p>{esc(line)}</p></header>",
        width="stretch",
    )


def footer() -> None:
    """Attributions of the data, the promise of privacy, and the choice of a language."""
    with st.container(key="ca-foot"):
        st.html(f'<footer class="ca-footer"><p>{t(_DATA, **_SOURCES)}</p><p>{t(_PRIVACY)}</p></footer>')
        reader.switch()


def declare_language() -> None:
    """Tell the browser, and with it screen readers, the language of the page: the server says English to everyone.

    What Streamlit writes by itself is said in that language, too.
    """
    code = current()  # one of the interface's own languages: nothing from outside gets into the script
    st.html(
        f'<script>document.documentElement.lang = "{code}";</script>{widget_words.script()}',
        unsafe_allow_javascript=True,
    )


def note(words: str, *, style: str = "ca-note", role: str | None = None) -> None:
    """A line of small print; ``words`` are HTML of the page's own making. With a role it is told when it appears."""
    spoken = f' role="{role}"' if role else ""
    st.html(f'<p class="{style}"{spoken}>{words}</p>')


def show_problem(error: ClaimAtlasError, *, title: str = "", next_step: str = "", again: str | None = None) -> None:
    """Tell a problem in words that say what to do; as plain text, for it may quote a file or a report.

    :param title: what could not be done; by default that something could not be shown.
    :param next_step: what is left to do here, said after the reason.
    :param again: key of a button that draws the page, or the fragment that it is in, anew.
    """
    paragraphs = "".join(f"<p>{esc(words)}</p>" for words in (told(error), next_step) if words)
    head = esc(title or t("This could not be shown."))
    st.html(f'<div class="ca-problem" role="alert"><strong>{head}</strong>{paragraphs}</div>')
    if again:
        st.button(t("Try again"), key=again)
