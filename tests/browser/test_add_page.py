"""Reports added and removed by a reader in a browser: pasted, uploaded, refused, known, hostile, on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.conftest import Visit, Visiting, serving
from tests.browser.hostile import WIRE, unharmed
from tests.dashboard.rows import fill

pytestmark = pytest.mark.browser

STORY = (
    "Sweden’s defence minister said on Tuesday that about 4,500 soldiers had been moved to the island of Gotland. "
    "He warned that more would follow.\n\nThe Kremlin denied that it had any plans for the Baltic Sea."
)
OTHER = "The governor of Odessa said on Friday that 12 boats were missing. He gave no reason."
GERMAN = (
    "Der Minister sagte am Dienstag, dass etwa viertausend Soldaten auf die Insel verlegt worden seien. Weitere sollen "
    "ihnen bald folgen, doch einen Grund nannte er nicht."
)


@pytest.fixture(scope="module")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server may put temporary files."""
    return tmp_path_factory.mktemp("uploads")


@pytest.fixture(scope="module")
def adding(tmp_path_factory: pytest.TempPathFactory, uploads: Path) -> Iterator[str]:
    """A dashboard of its own, for the tests here change its store."""
    folder = tmp_path_factory.mktemp("adding")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TMPDIR", str(uploads))
        with serving(fill(folder / "claims.duckdb"), folder / "server.log") as url:
            yield url


def entered(visit: Visiting, server: str, **options: int) -> Visit:
    here = visit(server=server, **options)
    here.page.goto(f"{server}/add")
    expect(here.page.get_by_role("tab", name="Paste a text")).to_be_visible()
    here.settled()
    return here


def paste(here: Visit, text: str, title: str = "") -> None:
    here.page.get_by_label("Text of the report").fill(text)
    if title:
        here.page.get_by_label("Title").fill(title)
    here.page.get_by_role("button", name="Read it").click()


def press(here: Visit, name: str) -> None:
    here.page.get_by_role("button", name=name, exact=True).first.click()


def file(name: str, text: str | bytes, kind: str = "text/plain") -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": text if isinstance(text, bytes) else text.encode()}


def test_a_pasted_report_is_previewed_stored_and_on_the_map_with_its_words_one_click_away(
    visit: Visiting, adding: str
) -> None:
    here = entered(visit, adding)
    paste(here, STORY, "Soldiers on Gotland")
    expect(here.page.get_by_role("button", name="Store 1 report")).to_be_visible()
    expect(here.page.locator(".ca-draft-claim .ca-number")).to_have_text("about 4,500 soldiers")
    expect(here.page.get_by_text("No date was found.")).to_be_visible()
    expect(here.map.locator(".mark .plate").filter(has_text="Gotland")).to_be_visible()
    here.settled()
    here.picture("add-preview-1440-light")
    press(here, "Store 1 report")
    expect(here.page.get_by_text(re.compile(r"Stored: 1 report with \d claims"))).to_be_visible()
    press(here, "Show on the map")
    here.drawn(1)
    expect(here.map.locator(".mark .plate").filter(has_text="Gotland")).to_be_visible()
    card = here.page.locator('[class*="st-key-ca-card-number-"]').filter(has_text="about 4,500 soldiers")
    card.get_by_role("button").click()
    expect(here.page.locator("mark.ca-hl-claim").first).to_have_text("about 4,500 soldiers")


def test_of_two_files_the_broken_one_is_set_aside_with_the_reason(visit: Visiting, adding: str) -> None:
    here = entered(visit, adding)
    here.page.get_by_role("tab", name="Upload files").click()
    here.page.locator("input[type=file]").set_input_files(
        [file("boats.txt", OTHER), file("scan.pdf", b"%PDF-1.4 torn off", "application/pdf")]
    )
    press(here, "Read 2 files")
    expect(here.page.get_by_role("button", name="Store 1 report")).to_be_visible()
    aside = here.page.locator(".ca-aside")
    expect(aside).to_contain_text("Set aside: 1 report")
    expect(aside.locator("strong")).to_have_text("scan.pdf")
    assert "/tmp" not in aside.inner_text()
    expect(here.page.get_by_label("Title")).to_have_value("boats")
    press(here, "Discard")
    expect(here.page.get_by_role("tab", name="Paste a text")).to_be_visible()


def test_the_same_text_is_known_and_leads_to_what_is_stored(visit: Visiting, adding: str) -> None:
    here = entered(visit, adding)
    paste(here, OTHER, "Boats missing")
    press(here, "Store 1 report")
    press(here, "Add more")
    expect(here.page.get_by_label("Text of the report")).to_have_value("")
    paste(here, OTHER, "The same again")
    expect(here.page.get_by_text("The store knows this already.")).to_be_visible()
    expect(here.page.locator(".ca-line-title")).to_have_text("Boats missing")


def test_what_is_not_english_is_refused_with_the_way_out_and_can_be_mended(visit: Visiting, adding: str) -> None:
    here = entered(visit, adding)
    paste(here, GERMAN)
    expect(here.page.locator(".ca-aside")).to_contain_text("written in German; only English is read. Give an English")
    press(here, "Back")
    expect(here.page.get_by_label("Text of the report")).to_have_value(GERMAN)


def test_an_address_inside_is_refused_and_no_page_asks_it(visit: Visiting, adding: str) -> None:
    here = entered(visit, adding)
    here.page.get_by_role("tab", name="Web address or feed").click()
    here.page.get_by_label("Address of a page").fill("http://127.0.0.1:8501/private")
    here.page.keyboard.press("Enter")
    expect(here.page.locator(".ca-consent")).to_contain_text("Then this machine asks 127.0.0.1 for")
    press(here, "Fetch and read")
    expect(here.page.locator(".ca-aside")).to_contain_text("127.0.0.1 is not on the public internet")


def test_reading_goes_on_while_its_reader_looks_at_another_page(visit: Visiting, adding: str) -> None:
    here = entered(visit, adding)
    paste(here, STORY.replace("4,500", "4,600"))
    expect(here.page.get_by_role("button", name="Read it")).to_have_count(0)  # else the reader is gone before it begins
    here.page.get_by_role("link", name="About").click()
    expect(here.page.get_by_text("how to read it", exact=False).first).to_be_visible()
    here.page.get_by_role("link", name="Add").click()
    expect(here.page.get_by_role("button", name="Store 1 report")).to_be_visible()
    here.page.reload()
    expect(here.page.get_by_role("button", name="Store 1 report")).to_be_visible()
    press(here, "Discard")


def test_a_hostile_text_runs_nothing_while_it_is_added_or_listed(visit: Visiting, adding: str) -> None:
    here = entered(visit, adding)
    paste(here, WIRE, WIRE[:280])
    expect(here.page.get_by_role("button", name="Store 1 report")).to_be_visible()
    here.settled()
    unharmed(here)
    press(here, "Store 1 report")
    expect(here.page.locator(".ca-stored-report").filter(has_text="<script>")).to_be_visible()
    press(here, "Remove")
    expect(here.page.get_by_role("dialog")).to_contain_text("Its text and")
    here.settled()
    unharmed(here)


def test_a_report_is_removed_only_after_saying_what_goes(visit: Visiting, adding: str) -> None:
    here = entered(visit, adding)
    row = here.page.locator('[class*="st-key-ca-stored-"]').filter(has_text="Exercise ends").last
    row.get_by_role("button", name="Remove").click()
    dialog = here.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Its text and 3 claims go.")
    dialog.get_by_role("button", name="Keep").click()
    expect(dialog).to_have_count(0)
    row.get_by_role("button", name="Remove").click()
    dialog.get_by_role("button", name="Remove").click()
    expect(here.page.locator(".ca-stored-report").filter(has_text="Exercise ends")).to_have_count(0)
    here.page.get_by_role("link", name="Map").click()
    here.drawn(1)
    expect(here.mark("gn:4")).to_have_count(0)


def test_nothing_is_wider_than_the_screen(visit: Visiting, adding: str) -> None:
    here = entered(visit, adding, width=390, height=844)
    main = here.page.locator("[data-testid=stMain]")
    for width in (1024, 390):
        here.resized(width, 844)
        assert main.evaluate("it => it.scrollWidth") <= width
    paste(here, STORY.replace("4,500", "390"))
    expect(here.page.get_by_role("button", name="Store 1 report")).to_be_visible()
    here.settled()
    for width in (390, 1024):
        here.resized(width, 844)
        assert main.evaluate("it => it.scrollWidth") <= width
        here.picture(f"add-preview-{width}-light")
    press(here, "Discard")


def test_no_upload_is_left_on_the_disk(adding: str, uploads: Path) -> None:
    """Last of this file: every file that was uploaded above has been removed."""
    assert list(uploads.glob("claim-atlas-*")) == []
