"""For those who do not see colours, map or pointer: what axe-core finds, the keyboard, the language of the page."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from tests.browser.conftest import Visit, Visiting
from tests.browser.every_page import ADDRESSES, BARE, Address, opened

pytestmark = pytest.mark.browser
EXCEPTIONS = tomllib.loads((Path(__file__).parent / "axe_exceptions.toml").read_text("utf-8")).get("exception", [])
BAD = ("serious", "critical")
BACKGROUND = "() => getComputedStyle(document.querySelector('.stApp')).backgroundColor"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def is_excepted(rule: str, target: str) -> bool:
    return any(given["rule"] == rule and given["target"] in target for given in EXCEPTIONS)


def barriers(here: Visit) -> list[str]:
    """What axe-core calls serious or critical, in the page and in its frames, and no exception names."""
    for frame in here.page.frames:
        frame.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = here.page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))} {node['html'][:160]} {summary(node)}"
        for rule in found
        if rule["impact"] in BAD
        for node in rule["nodes"]
        if not is_excepted(rule["id"], " ".join(map(str, node["target"])))
    ]


def summary(node: dict[str, Any]) -> str:
    return str(node.get("failureSummary", "")).replace("\n", " ")[:240]


@pytest.mark.parametrize("shown", ADDRESSES, ids=lambda shown: shown.title)
def test_no_page_has_a_serious_barrier_in_either_theme(visit: Visiting, shown: Address) -> None:
    here = opened(visit(), shown.path)
    light = here.page.evaluate(BACKGROUND)
    assert barriers(here) == []
    here.page.emulate_media(color_scheme="dark")
    here.page.wait_for_function(f"light => ({BACKGROUND})() !== light", arg=light)
    here.settled()
    assert barriers(here) == [], "in the dark theme"


@pytest.mark.parametrize("shown", BARE, ids=lambda shown: shown.title)
def test_no_page_has_a_serious_barrier_in_french_on_a_phone(visit: Visiting, shown: Address) -> None:
    here = opened(visit(width=390, height=844, locale="fr-FR"), shown.path)
    expect(here.page.locator("html")).to_have_attribute("lang", "fr")
    expect(here.page.get_by_role("link", name=re.compile("^Map$"))).to_have_count(0)
    expect(here.page.locator(".ca-footer")).to_contain_text("Rien ne quitte cet ordinateur")
    assert barriers(here) == []


def test_every_exception_says_what_and_why() -> None:
    for given in EXCEPTIONS:
        assert given.keys() == {"rule", "target", "reason"}
        assert all(given.values())
