"""``python -m bench.browser STORE``: what a reader waits for, in a real Chromium before a real server.

First map of a new visit on a warm server, by a browser that has cached nothing and by one that was here before, filter
change to settled map, memory of page and server before and after many changes, and whether the map's frame was made
anew. Times of changes are taken inside the page: from the click to the second animation frame after the marks were
drawn. The store is one of ``python -m bench.filling``.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from errors import InputError

CHANGES: Final = 40
VISITS: Final = 5
SIDES: Final = 40
"""Different choices that the changes go through; a change back to all claims lies between two of them."""
_WINDOW: Final[ViewportSize] = {"width": 1440, "height": 900}
_MAP: Final = "iframe[data-testid=stCustomComponentV1]"
_SECONDS: Final = 180
"""Patience with a busy machine: what takes longer is broken."""
_WATCH: Final = """() => {
    const frame = document.querySelector("MAP");
    frame.contentWindow.__same = true;
    document.addEventListener("click", () => { window.__clicked = performance.now(); }, true);
    document.addEventListener("keydown", (event) => {
        if (event.key === "Enter") window.__clicked = performance.now();
    }, true);
    new MutationObserver(() => requestAnimationFrame(() => requestAnimationFrame(() => {
        window.__painted = performance.now();
    }))).observe(frame.contentDocument.documentElement, { attributes: true, attributeFilter: ["data-drawn"] });
}""".replace("MAP", _MAP)
_PAINTED: Final = "() => window.__painted > window.__clicked"
_IDLE: Final = "[data-testid=stApp][data-test-script-state=notRunning]"


@contextmanager
def serving(store: Path) -> Iterator[tuple[str, int]]:
    """A dashboard over a store; its address and process id, while the block runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    # The program's own settings say where the store is; only they read the environment, so it is set from outside.
    command = [
        "env",
        f"CLAIM_ATLAS_STORE={store}",
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.port",
        str(port),
        "--server.headless=true",
    ]
    root = Path(__file__).parents[1]
    server = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://localhost:{port}/_stcore/health")
        yield f"http://localhost:{port}", server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(url: str) -> None:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise InputError(f"The dashboard did not start within {_SECONDS} s.")


def measure(store: Path, *, changes: int = CHANGES, visits: int = VISITS) -> dict[str, float]:
    """Seconds to the first painted map and milliseconds of a change (medians), megabytes that page and server grew."""
    with serving(store) as (url, server), sync_playwright() as driver:
        executable = shutil.which("chromium") or shutil.which("google-chrome")
        flags = ["--no-sandbox", "--disable-background-networking", "--enable-precise-memory-info"]
        flags += ["--disable-gpu", "--disable-gpu-rasterization"]  # there is none; its stand-in costs a processor
        browser = driver.chromium.launch(executable_path=executable, args=flags)
        _visit(browser.new_context(viewport=_WINDOW), url).context.close()  # warms the server
        found = dict(_first_maps(browser, url, visits))
        found |= _changes(_visit(browser.new_context(viewport=_WINDOW), url), server, changes)
        browser.close()
    return found


def _first_maps(browser: Browser, url: str, visits: int) -> Iterator[tuple[str, float]]:
    """Seconds to the first map: in contexts that share nothing, and in one that had a visit before."""
    strangers = [browser.new_context(viewport=_WINDOW) for _ in range(visits + 1)]
    times = [_load_seconds(context, url) for context in strangers]
    yield "browser.first_map_s", statistics.median(times[:visits])
    yield "browser.first_map_again_s", statistics.median(_load_seconds(strangers[-1], url) for _ in range(visits))
    for context in strangers:
        context.close()


def _visit(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.set_default_timeout(_SECONDS * 1000)
    page.goto(url)
    page.wait_for_function(f"() => document.querySelector('{_MAP}')?.contentDocument?.documentElement?.dataset.drawn")
    return page


def _load_seconds(context: BrowserContext, url: str) -> float:
    start = time.perf_counter()
    page = _visit(context, url)
    taken = time.perf_counter() - start
    page.locator(_IDLE).wait_for(state="attached")
    page.close()
    return taken


def _changes(page: Page, server: int, changes: int) -> Mapping[str, float]:
    page.locator(_IDLE).wait_for(state="attached")
    page.evaluate(_WATCH)
    for number in range(4):  # what is loaded once is loaded
        _change(page, number)
    before = _megabytes(page, server)
    times = [_change(page, 4 + number) for number in range(changes)]
    after = _megabytes(page, server)
    same = page.evaluate(f"() => document.querySelector('{_MAP}').contentWindow.__same === true")
    narrowed, lifted = times[::2], times[1::2]
    return {
        "browser.change_ms": statistics.median(narrowed),
        "browser.lift_ms": statistics.median(lifted),
        "browser.page_grew_mb": after[0] - before[0],
        "browser.server_grew_mb": after[1] - before[1],
        "browser.remounts": 0.0 if same else 1.0,
    }


def _change(page: Page, number: int) -> float:
    """Milliseconds of a change: one side is chosen, or the choice is lifted again."""
    if number % 2:
        page.get_by_role("button", name="Clear filters").click()
    else:
        page.get_by_role("combobox", name="Side", exact=False).first.click()
        for _ in range((number // 2) % SIDES + 1):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    page.wait_for_function(_PAINTED)
    taken = float(page.evaluate("() => window.__painted - window.__clicked"))
    page.locator(_IDLE).wait_for(state="attached")
    page.keyboard.press("Escape")
    page.wait_for_timeout(60)
    return taken


def _megabytes(page: Page, server: int) -> tuple[float, float]:
    """Memory of the page's scripts and of the server, garbage collected."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    heap = float(page.evaluate("() => performance.memory.usedJSHeapSize")) / 1e6
    session.detach()
    status = Path(f"/proc/{server}/status").read_text("utf-8")
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return heap, float(resident.split()[1]) / 1e3


def main(argv: list[str] | None = None) -> int:
    """Measure and print."""
    ap = argparse.ArgumentParser(prog="python -m bench.browser", description=__doc__)
    ap.add_argument("store", type=Path)
    ap.add_argument("--changes", type=int, default=CHANGES, help=f"filter changes (default {CHANGES})")
    args = ap.parse_args(argv)
    for name, figure in measure(args.store, changes=args.changes).items():
        print(f"{name:28} {figure:9.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
