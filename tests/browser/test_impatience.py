"""Readers who do not wait: a control is used the moment it is there, while the rest of the page is still on its way."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.conftest import ROOT, Visit, Visiting, serving
from tests.dashboard.rows import fill

pytestmark = pytest.mark.browser

AT_ONCE = """new MutationObserver((_, watcher) => {
    const found = document.querySelector(SELECTOR);
    if (!found || found.disabled || window.used) return;
    watcher.disconnect();
    window.used = true;
    USE;
}).observe(document, {subtree: true, childList: true, attributes: true})"""
CLICK = "found.click()"
TYPE = "found.value = 'sorvia'; found.dispatchEvent(new Event('input', {bubbles: true}))"
CONTROLS = {
    "play": (".st-key-ca-play button", CLICK),
    "step": (".st-key-ca-step-back button", CLICK),
    "pace": (".st-key-ca-pace button:last-child", CLICK),
    "borders": (".st-key-ca-borders button:last-child", CLICK),
    "lines": (".st-key-ca-said-lines input", CLICK),
    "search": (".ca-search-input", TYPE),
    "claim": ("[class*=st-key-ca-open-] button", CLICK),
    "fold": (".st-key-ca-fold input", CLICK),
}


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard over the invented reports whose messages come one by one, as from a busy machine."""
    folder = tmp_path_factory.mktemp("slow")
    (folder / "sitecustomize.py").write_text(
        "import sys\nif 'streamlit' in sys.orig_argv:\n    import tests.browser.slow_sending\n"
    )
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYTHONPATH", f"{folder}{os.pathsep}{ROOT}")
        with serving(fill(folder / "claims.duckdb"), folder / "server.log") as url:
            yield url


def at_once(here: Visit, control: str, path: str = "/") -> None:
    """Use a control as soon as it is on the page."""
    selector, use = CONTROLS[control]
    here.first_run(AT_ONCE.replace("SELECTOR", json.dumps(selector)).replace("USE", use))
    here.page.goto(here.address + path)
    here.page.wait_for_function("window.used")
    here.settled()


def whole(here: Visit) -> None:
    """The page is there from its first to its last line."""
    expect(here.left()).to_contain_text("of 8 claims" if {"since", "until"} & here.parameters().keys() else "8 claims")
    expect(here.page.locator(".st-key-ca-tables")).to_be_visible()
    expect(here.page.locator(".ca-search-input")).to_be_visible()
    expect(here.page.locator(".ca-footer")).to_be_visible()


@pytest.mark.parametrize("control", sorted(CONTROLS.keys() - {"play"}))
def test_a_control_that_is_used_before_the_page_is_whole_does_not_stop_it(
    visit: Visiting, slow: str, control: str
) -> None:
    here = visit(server=slow)
    at_once(here, control)
    whole(here)


def test_playing_that_is_begun_before_the_page_is_whole_goes_on_to_the_last_day(visit: Visiting, slow: str) -> None:
    here = visit(server=slow)
    at_once(here, "play", "/?since=2021-04-18")
    expect(here.left()).to_contain_text("3 of 8 claims")
    expect(here.page.get_by_role("button", name="Play through time")).to_be_visible()
    here.settled()
    whole(here)


def test_nothing_is_sent_as_a_reference_to_what_was_sent_before(visit: Visiting) -> None:
    here = visit()
    kinds: list[str | None] = []

    def follow(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: kinds.append(_kind(frame)))

    here.on("websocket", follow)
    here.go().settled()
    here.page.get_by_role("link", name="Compare").click()
    here.settled()
    here.page.get_by_role("link", name="Map", exact=True).click()
    here.settled()
    assert kinds.count("new_session") >= 3
    assert "ref_hash" not in kinds


def _kind(frame: bytes | str) -> str | None:
    return ForwardMsg.FromString(frame).WhichOneof("type") if isinstance(frame, bytes) else None
