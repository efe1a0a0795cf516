"""A real server on a free port with a store of its own, and a real Chromium that remembers every request it made."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, Request, WebSocket, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pipeline.samples import ensure_samples
from pipeline.settings import Settings
from tests.browser.hostile import fill_with_hostile
from tests.browser.tabs import Tabs
from tests.copied import made_once
from tests.dashboard.rows import fill
from tests.patience import PATIENCE as SECONDS

ROOT = Path(__file__).parents[2]
ARTEFACTS = ROOT / "artefacts"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = SECONDS * 1000
"""Milliseconds that a condition is waited for."""
QUIET_SECONDS = 0.5
expect.set_options(timeout=PATIENCE)
MAP = "iframe[data-testid=stCustomComponentV1]"
POLICY = "Content Security Policy"
BACKGROUND = "() => getComputedStyle(document.querySelector('.stApp')).backgroundColor"
FRAMES = "() => new Promise((tell) => requestAnimationFrame(() => requestAnimationFrame(tell)))"
STILL = "() => !ClaimAtlas.state.map._animatingZoom && !ClaimAtlas.state.map._panAnim?._inProgress"
"""The map stands still. Leaflet begins to zoom a frame after the click: until then it looks as if it stood."""
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def chromium() -> str:
    """The system's Chromium; without one a browser test fails, for a skipped test proves nothing."""
    for name in CHROMIUMS:
        if found := shutil.which(name):
            return found
    pytest.fail(
        "The browser tests need Chromium, and none of " + ", ".join(CHROMIUMS) + " is on PATH. "
        "Install it (Debian, Ubuntu: apt-get install chromium), then run the tests again."
    )


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(store: Path, log: Path) -> Iterator[str]:
    """A dashboard over ``store``; its address, while the block runs."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("w") as out:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "CLAIM_ATLAS_STORE": str(store)},
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        try:
            wait_for(f"http://localhost:{port}/_stcore/health", server, log)
            yield f"http://localhost:{port}"
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            try:
                server.wait(timeout=SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers; its own words are in the failure when it does not."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"The dashboard did not start within {SECONDS} s:\n{log.read_text()[-3000:]}")


Profiles = Callable[[str], Tabs]


@pytest.fixture(scope="session")
def profiles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Profiles]:
    """The tabs of a reader's browser by the reader's language, with a profile on the disk.

    There it keeps the scripts of the page as it has compiled them, which a browser without one does anew for each page.
    """
    executable = chromium()
    # Chromium calls home by itself unless told not to; only the page's own requests are of interest.
    flags = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
    flags += ["--disable-gpu", "--disable-gpu-rasterization"]  # there is none; its stand-in costs a processor
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")
    with sync_playwright() as driver:
        kept: dict[str, Tabs] = {}

        def profile(locale: str) -> Tabs:
            if locale not in kept:
                folder = tmp_path_factory.mktemp("profile")
                kept[locale] = Tabs(
                    driver.chromium.launch_persistent_context(
                        folder, executable_path=executable, args=flags, locale=locale
                    )
                )
            return kept[locale]

        yield profile
        for tabs in kept.values():
            tabs.browser.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard over the invented reports."""
    folder = tmp_path_factory.mktemp("dashboard")
    with serving(fill(folder / "claims.duckdb"), folder / "server.log") as url:
        yield url


@pytest.fixture(scope="session")
def hostile_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard over the invented reports and one that is hostile in every field."""
    store = made_once(tmp_path_factory, "hostile", fill_with_hostile)
    with serving(store, store.with_name("server.log")) as url:
        yield url


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard over the sample reports, as it is after its first start."""
    store = made_once(tmp_path_factory, "samples", lambda path: ensure_samples(Settings(store=path)))
    with serving(store, store.with_name("server.log")) as url:
        yield url


@dataclass
class Visit:
    """A page, with all it asked for, what its own policy refused it, and all that went wrong in it."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    open: set[Request] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    is_waiting: bool = False
    is_spoilt: bool = False
    """The tab cannot be given to another visit."""
    listeners: list[tuple[Any, Callable[..., object]]] = field(default_factory=list)

    def listen(self) -> None:
        """Note what happens on the page from now on."""
        self.on("request", lambda request: (self.requests.append(request.url), self.open.add(request)))
        for end in ("requestfinished", "requestfailed"):
            self.on(end, lambda request: self.open.discard(request))  # noqa: PLW0108 - the driver takes functions only
        self.on("websocket", self.follow)
        self.on("popup", lambda popup: self.problems.append(f"a window was opened: {popup.url}"))
        self.on("console", lambda told: self.refused.append(told.text) if POLICY in told.text else None)
        self.on("pageerror", lambda error: self.problems.append(str(error)))
        self.on("dialog", lambda dialog: (self.problems.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def leave(self) -> None:
        """Note no more."""
        for event, listener in self.listeners:
            self.page.remove_listener(event, listener)

    def on(self, event: Any, listener: Callable[..., object]) -> None:
        """Listen to what happens on the page, as long as the visit lasts."""
        self.listeners.append((event, listener))
        self.page.on(event, listener)

    def follow(self, socket: WebSocket) -> None:
        """Note what the page asks its server to run, and when that has been done."""
        self.requests.append(socket.url.replace("ws://", "http://"))
        self.is_waiting = False
        socket.on("framesent", lambda frame: self._note(BackMsg, frame, "rerun_script", is_waiting=True))
        socket.on("framereceived", lambda frame: self._note(ForwardMsg, frame, "script_finished", is_waiting=False))

    def _note(self, kind: type[BackMsg | ForwardMsg], frame: bytes | str, what: str, *, is_waiting: bool) -> None:
        if isinstance(frame, bytes) and kind.FromString(frame).WhichOneof("type") == what:
            self.is_waiting = is_waiting

    def first_run(self, script: str) -> None:
        """Run a script in every document that the tab opens from now on, before the document's own."""
        self.is_spoilt = True
        self.page.add_init_script(script)

    @property
    def map(self) -> FrameLocator:
        """The inside of the map's frame."""
        return self.page.frame_locator(MAP)

    def go(self, path: str = "/") -> Visit:
        """Open a page and, where it has a map, wait until the marks are on it."""
        self.page.goto(self.address + path)
        if not path.startswith(("/about", "/add")):
            self.drawn(1)
        return self

    def drawn(self, times: int) -> None:
        """Wait until the marks have been drawn at least so many times."""
        count = f"document.querySelector('{MAP}')?.contentDocument?.documentElement?.dataset.drawn"
        try:
            self.page.wait_for_function(f"() => Number({count} || 0) >= {times}", timeout=PATIENCE)
        except PlaywrightTimeout:
            self.picture("map-not-drawn")
            shown = self.page.locator("body").inner_text()[:1500]
            pytest.fail(f"The map was not drawn {times} times. Problems: {self.problems}. The page shows:\n{shown}")

    def settled(self) -> None:
        """Wait until the page's script has run, the browser has all it asked for, and the map stands still."""
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(state="attached")
        self.quiet()
        if self.page.locator(MAP).count():
            self.map.locator("html").evaluate(FRAMES)
            self.in_map_until(STILL)

    def turned(self, scheme: Scheme) -> Visit:
        """The page in this theme, as when the evening changes the system's while it is open."""
        if self.page.evaluate(f"matchMedia('(prefers-color-scheme: {scheme})').matches"):
            return self
        before = self.page.evaluate(BACKGROUND)
        self.page.emulate_media(color_scheme=scheme)
        self.page.wait_for_function(f"before => ({BACKGROUND})() !== before", arg=before)
        self.settled()
        return self

    def resized(self, width: int, height: int) -> Visit:
        """The page in a window of another size."""
        if self.page.viewport_size != {"width": width, "height": height}:
            self.page.set_viewport_size({"width": width, "height": height})
            self.settled()
        return self

    def quiet(self) -> None:
        """Wait until nothing has been open for a while. What still is is named when that does not happen."""
        until, still = time.monotonic() + SECONDS, 0.0
        while still < QUIET_SECONDS:
            if time.monotonic() > until:
                waiting = " and for the page's script" if self.is_waiting else ""
                pytest.fail(f"still waiting for {[request.url for request in self.open]}{waiting} after {SECONDS} s")
            self.page.wait_for_timeout(50)
            still = 0.0 if self.open or self.is_waiting else still + 0.05

    def in_map_until(self, condition: str) -> None:
        """Wait until a condition holds in the map's frame."""
        frame = self.page.locator(MAP).element_handle().content_frame()
        assert frame
        frame.wait_for_function(f"() => window.ClaimAtlas?.state.map && ({condition})()", timeout=PATIENCE)

    @property
    def times_drawn(self) -> int:
        """How often the marks have been drawn since the frame was made."""
        return int(self.map.locator("html").get_attribute("data-drawn") or 0)

    def mark(self, key: str) -> Locator:
        """The mark of a place."""
        return self.map.locator(f'.mark[data-key="{key}"]')

    def parameters(self) -> dict[str, list[str]]:
        """What the address says."""
        return parse_qs(urlsplit(self.page.url).query)

    def left(self) -> Locator:
        """The words that say how many claims are left."""
        return self.page.locator(".ca-left")

    def choose(self, label: str, option: str) -> None:
        """Choose an option of a filter by the beginning of its words."""
        self.settled()
        filters = self.page.locator(".st-key-ca-filters")
        filters.get_by_role("combobox", name=label, exact=False).first.click()
        self.page.get_by_role("option").filter(has_text=option).first.click()
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("listbox")).to_have_count(0)

    def picture(self, name: str) -> None:
        """Leave a picture of the page among the artefacts."""
        ARTEFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png")

    @property
    def foreign(self) -> list[str]:
        """Requests to anything but the server."""
        own = urlsplit(self.address).netloc
        asked = [urlsplit(url) for url in self.requests]
        return [url.geturl() for url in asked if url.scheme not in ("data", "blob") and url.netloc != own]


Visiting = Callable[..., Visit]


class Visitor:
    """Opens pages, and in the end says whether one of them asked another host or met an error."""

    def __init__(self, profiles: Profiles, address: str) -> None:
        self._profiles, self._address = profiles, address
        self._visits: list[tuple[Tabs, Visit]] = []

    def __call__(
        self,
        *,
        width: int = 1440,
        height: int = 900,
        scheme: Scheme = "light",
        reduced_motion: Literal["reduce", "no-preference"] = "no-preference",
        locale: str = "en-US",
        server: str | None = None,
    ) -> Visit:
        tabs = self._profiles(locale)
        page = tabs.take()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme, reduced_motion=reduced_motion)
        page.set_default_timeout(PATIENCE)
        made = Visit(page, server or self._address)
        made.listen()
        self._visits.append((tabs, made))
        return made

    def close(self) -> None:
        """Close the pages; a foreign request or an error in any of them fails the test."""
        for tabs, made in self._visits:
            made.problems += made.page.locator("[data-testid=stException]").all_inner_texts()
            made.leave()
            tabs.give_back(made.page, is_spoilt=made.is_spoilt)
        foreign = [url for _, made in self._visits for url in made.foreign]
        problems = [problem for _, made in self._visits for problem in made.problems]
        assert foreign == [], f"the page asked other hosts: {foreign}"
        assert problems == [], f"errors on the page: {problems}"


@pytest.fixture
def visit(profiles: Profiles, address: str) -> Iterator[Visiting]:
    """Open a fresh page: ``visit(width=390, scheme="dark")``."""
    visitor = Visitor(profiles, address)
    yield visitor
    visitor.close()


@pytest.fixture
def fresh_page(profiles: Profiles) -> Iterator[Page]:
    """A page of a browser that has cached nothing."""
    browser = profiles("en-US").browser.browser
    assert browser
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


@pytest.fixture(scope="module")
def first_page(profiles: Profiles, address: str) -> Iterator[Visit]:
    """The first page as it opens, for tests that only look at it."""
    visitor = Visitor(profiles, address)
    yield visitor().go()
    visitor.close()
