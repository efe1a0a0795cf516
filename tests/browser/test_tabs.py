"""Tabs that are given out again are as good as new: no visit meets what another one left."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Profiles, Visitor
from tests.browser.tabs import VISITS

pytestmark = pytest.mark.browser

LEFT = "() => [history.length, sessionStorage.length, window.left ?? null]"


def test_a_tab_that_comes_back_remembers_nothing(profiles: Profiles, address: str) -> None:
    first, second = Visitor(profiles, address), Visitor(profiles, address)
    page = first().go("/about").page
    page.evaluate("[window.left = 1, sessionStorage.setItem('left', '1'), history.pushState({}, '', '/about?x')]")
    first.close()
    again = second().page
    again.goto(f"{address}/about")
    assert again.evaluate(LEFT) == [2, 0, None]  # the blank page, then this one
    second.close()


def test_a_script_for_every_document_ends_with_the_visit_that_asked_for_it(profiles: Profiles, address: str) -> None:
    first, others = Visitor(profiles, address), Visitor(profiles, address)
    here = first()
    here.first_run("window.left = 1")
    assert here.go("/about").page.evaluate("window.left") == 1
    first.close()
    assert here.page.is_closed()
    assert [others().go("/about").page.evaluate("window.left ?? null") for _ in range(VISITS)] == [None] * VISITS
    others.close()


def test_only_a_visit_gives_a_tab_what_outlasts_its_document() -> None:
    others = [path for path in Path(__file__).parent.glob("test_*.py") if path != Path(__file__)]
    assert [path.name for path in others if "add_init_script" in path.read_text("utf-8")] == []
