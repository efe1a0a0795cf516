"""Tabs of a browser that are given out and come back.

A tab that has been open before has the scripts compiled and the files at hand: a visit in it costs two thirds of the
processor time of one in a new tab. What is given out again is as good as new: it is blank, nobody listens to it, it
has no history and keeps nothing of its own, and the pointer is nowhere. Only a script for every document
(``add_init_script``) cannot be taken back: a test that needs one opens a page by itself.
"""

from __future__ import annotations

from playwright.sync_api import BrowserContext, CDPSession, Page


class Tabs:
    """The tabs of one browser, those in use and those that wait."""

    def __init__(self, browser: BrowserContext) -> None:
        self.browser = browser
        self._waiting: list[Page] = []
        self._sessions: dict[Page, CDPSession] = {}

    def take(self) -> Page:
        """A blank tab."""
        return self._waiting.pop() if self._waiting else self._opened()

    def give_back(self, page: Page) -> None:
        """Leave what the tab shows, and keep it for whoever comes next."""
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
