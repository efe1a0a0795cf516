"""The page registry: a new page is one file and one line here."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from dashboard import state
from dashboard.language import later, t
from store.filters import Filters


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page: the module whose ``render`` draws it, its name in the navigation, and its path in the address."""

    module: str
    title: str
    path: str
    default: bool = False

    @property
    def render(self) -> Callable[[], None]:
        """Draws the page. Its module is imported when it is first shown: the map shall not wait for other pages."""
        module = self.module

        def draw() -> None:
            importlib.import_module(module).render()

        return draw


PAGES: Final = (
    PageSpec("dashboard.map_page", later("Map"), "map", default=True),
    PageSpec("dashboard.compare_page", later("Compare"), "compare"),
    PageSpec("dashboard.report_page", later("Report"), "report"),
    PageSpec("dashboard.add_page", later("Add"), "add"),
    PageSpec("dashboard.review_page", later("Review"), "review"),
    PageSpec("dashboard.lookup_page", later("Look up"), "lookup"),
    PageSpec("dashboard.about_page", later("About"), "about"),
)


def run() -> None:
    """Show the navigation and the page that the address names."""
    chosen = st.navigation([_page(spec) for spec in PAGES], position="top")
    state.enter(chosen.url_path)
    chosen.run()


def link(path: str, label: str, **parameters: str) -> None:
    """A link to another page, with parameters in its address."""
    spec = next(spec for spec in PAGES if spec.path == path)
    st.page_link(_page(spec), label=label, query_params=parameters)


def show_on_map(report_id: str) -> None:
    """Leave the page for the map, with what one report says on it; not from a callback."""
    state.set_filters(Filters(reports=(report_id,)))
    state.select_place(None)
    st.switch_page(_page(next(spec for spec in PAGES if spec.default)))


def _page(spec: PageSpec) -> st.Page:
    """The page as Streamlit knows it; two of one specification are the same page."""
    return st.Page(spec.render, title=t(spec.title), url_path=spec.path, default=spec.default)
