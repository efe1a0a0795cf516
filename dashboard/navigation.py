"""The page registry: a new page is one file and one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from dashboard import about_page, map_page


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page: what draws it, its name in the navigation, and its path in the address."""

    render: Callable[[], None]
    title: str
    path: str
    default: bool = False


PAGES: Final = (
    PageSpec(map_page.render, "Map", "map", default=True),
    PageSpec(about_page.render, "About", "about"),
)


def run() -> None:
    """Show the navigation and the page that the address names."""
    pages = [st.Page(spec.render, title=spec.title, url_path=spec.path, default=spec.default) for spec in PAGES]
    st.navigation(pages, position="top").run()
