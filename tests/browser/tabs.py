"""Tabs of a browser that are given out and come back.

A tab that has been open before has the scripts compiled and the files at hand: a visit in it costs two thirds of the
processor time of one in a new tab. What is given out again is as good as new: it is blank, nobody listens to it, it
has no history and keeps nothing of its own, and the pointer is nowhere. Only a script for every document
(``Visit.first_run``) cannot be taken back: its tab is closed with the visit.

A tab is not kept for long: with each visit its process gains memory, and after dozens of them every page in it is slow.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from playwright.sync_api import BrowserContext, CDPSession, Page

VISITS: Final = 6
"""Visits after which a tab is closed."""


class Tabs:
    """The tabs of one browser, those in use and those that wait."""

    def __init__(self, browser: BrowserContext) -> None:
        self.browser = browser
        self._waiting: list[Page] = []
        self._sessions: dict[Page, CDPSession] = {}
        self._visits: Counter[Page] = Counter()

    def take(self) -> Page:
        """A blank tab."""
        return self._waiting.pop() if self._waiting else self._opened()

    def give_back(self, page: Page, *, is_spoilt: bool = False) -> None:
        """Leave what the tab shows, and keep it for whoever comes next unless it has been kept long enough.

        A tab that is spoilt is closed: it has something of its own that would go on in the next visit.
        """
        self._visits[page] += 1
        if is_spoilt or self._visits[page] >= VISITS:
            del self._visits[page], self._sessions[page]
            page.close()
            return
        page.unroute_all(behavior="ignoreErrors")
        page.mouse.move(-1, -1)
        page.evaluate("sessionStorage.clear()")
        page.goto("about:blank")
        self._sessions[page].send("Page.resetNavigationHistory")
        assert page.evaluate("history.length") == 1, "the tab remembers where it has been"
        self._waiting.append(page)

    def _opened(self) -> Page:
        page = self.browser.new_page()
        self._sessions[page] = self.browser.new_cdp_session(page)
        return page
