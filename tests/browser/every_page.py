"""Every page of the registry, as the tests that hold for all of them open it. A new page is among them by itself."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import expect

from dashboard.navigation import PAGES, PageSpec
from tests.browser.conftest import MAP, Visit

_STATES = {
    "map": ("claim=r2-23", "at=gn:1"),
    "compare": ("by=side&compare=Sorvia&compare=Norland", "claim=r2-23"),
    "report": ("report=r2",),
    "lookup": ("q=Homs",),
    "review": ("claim=r2-23",),
}
"""What else than its bare address shows a page with something in it, by the page's path."""


@dataclass(frozen=True, slots=True)
class Address:
    """A page and what of it is shown."""

    spec: PageSpec
    query: str = ""

    @property
    def path(self) -> str:
        """Path and query of the address."""
        return ("/" if self.spec.default else f"/{self.spec.path}") + (f"?{self.query}" if self.query else "")

    def with_query(self, more: str) -> str:
        """The same with another parameter."""
        return f"{self.path}{'&' if self.query else '?'}{more}"

    @property
    def title(self) -> str:
        """Name in reports of tests."""
        return f"{self.spec.path}{f'-{self.query}' if self.query else ''}"


BARE = [Address(spec) for spec in PAGES]
ADDRESSES = [*BARE, *(Address(spec, query) for spec in PAGES for query in _STATES.get(spec.path, ()))]


def opened(here: Visit, path: str) -> Visit:
    """The page at ``path`` when it stands still, its map drawn where it has one."""
    here.page.goto(here.address + path)
    expect(here.page.locator(".ca-header h1")).to_be_visible()
    expect(here.page.locator(".ca-footer")).to_be_attached()
    here.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(state="attached")
    if here.page.locator(MAP).count():
        here.drawn(1)
    here.settled()
    return here
