"""The pictures of docs/pictures.md, taken anew: ``make pictures``, or ``python -m tests.browser.pictures [NAME…]``.

Every picture shows the sample reports in a real browser. Colours are brought down to a palette, which keeps a picture
of flat surfaces sharp and small.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from pipeline.samples import ensure_samples
from pipeline.settings import Settings
from tests.browser.conftest import ROOT, Visit, chromium, serving
from tests.browser.every_page import opened

FOLDER: Final = ROOT / "docs" / "pictures"
LARGEST: Final = 150_000
"""Bytes of a picture: the page of pictures shall open at once."""
_PALETTES: Final = (256, 192, 128, 64)
_DESK: Final = {"width": 1280, "height": 800}
_PHONE: Final = {"width": 390, "height": 780}
DRAFT: Final = (
    "VILNIUS (The Harbour Desk) - Lithuania's defence minister said on Monday that about 1,600 soldiers were in "
    "Klaipeda. She warned that 400 more would follow.\n\nPoland's foreign ministry denied that any troops were "
    "leaving Gdansk."
)


def _still(_: Visit) -> None:
    """The page as its address shows it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is shown: the address, what a reader does there first, the screen, and the theme."""

    path: str
    do: Callable[[Visit], None] = _still
    screen: Mapping[str, int] = field(default_factory=lambda: _DESK)
    scheme: str = "light"


def _choose_crimea(here: Visit) -> None:
    here.map.locator(".mark .plate").filter(has_text="Crimea").click()
    expect(here.page.locator(".ca-place h2")).to_have_text("Crimea")
    here.page.mouse.move(5, 300)


def _open_a_claim(here: Visit) -> None:
    _choose_crimea(here)
    here.page.locator("[class*=st-key-ca-row-]").filter(has_text="Mendel").first.get_by_role("button").click()
    expect(here.page.locator("mark.ca-hl-claim").first).to_be_visible()


def _search(here: Visit) -> None:
    here.page.get_by_role("combobox", name="Search claims").press_sequentially("troops in Crimea", delay=20)
    expect(here.page.get_by_role("option").first).to_be_visible()


def _open_a_report(here: Visit) -> None:
    card = here.page.locator("[class*=st-key-ca-card-report-]").filter(has_text="Borrell corrects")
    card.get_by_role("button").click()
    expect(here.page.locator(".ca-text .ca-run").first).to_be_visible()


def _paste(here: Visit) -> None:
    here.page.get_by_label("Text of the report").fill(DRAFT)
    here.page.get_by_label("Title").fill("Soldiers in Klaipeda")
    here.page.get_by_role("button", name="Read it").click()
    expect(here.page.get_by_role("button", name="Store 1 report")).to_be_visible()
    expect(here.map.locator(".mark").first).to_be_attached()


PICTURES: Final[Mapping[str, Picture]] = {
    "map": Picture("/"),
    "dark": Picture("/", scheme="dark"),
    "phone": Picture("/", screen=_PHONE),
    "place": Picture("/", _choose_crimea),
    "claim": Picture("/", _open_a_claim),
    "search": Picture("/", _search),
    "compare": Picture("/compare"),
    "report": Picture("/report", _open_a_report),
    "add": Picture("/add"),
    "preview": Picture("/add", _paste),
    "review": Picture("/review"),
    "lookup": Picture("/lookup?q=Homs"),
    "about": Picture("/about"),
}


def small(png: bytes) -> bytes:
    """The same picture in as many colours as fit; the smallest palette when none does."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    packed = b""
    for colours in _PALETTES:
        out = BytesIO()
        picture.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        packed = out.getvalue()
        if len(packed) <= LARGEST:
            break
    return packed


@contextmanager
def _started() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


def take(name: str, picture: Picture, browser: Browser, address: str) -> None:
    """One picture into the folder."""
    context = browser.new_context(
        viewport={"width": picture.screen["width"], "height": picture.screen["height"]},
        color_scheme="dark" if picture.scheme == "dark" else "light",
        locale="en-GB",
        reduced_motion="reduce",
    )
    context.set_default_timeout(90_000)
    here = opened(Visit(context.new_page(), address), picture.path)
    picture.do(here)
    here.settled()
    here.page.wait_for_timeout(800)
    (FOLDER / f"{name}.png").write_bytes(small(here.page.screenshot()))
    context.close()


def main(names: list[str]) -> None:
    """Take the pictures of these names, or all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=90_000)
    with tempfile.TemporaryDirectory() as folder, _started() as browser:
        store = Path(folder) / "claims.duckdb"
        ensure_samples(Settings(store=store))
        with serving(store, Path(folder) / "server.log") as address:
            for name in names or PICTURES:
                take(name, PICTURES[name], browser, address)


if __name__ == "__main__":
    main(sys.argv[1:])
