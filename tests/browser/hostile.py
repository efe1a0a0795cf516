"""A store with a hostile report, and how a page looks that it has not harmed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from extract.model import Report
from pipeline.batch import Stored, store_report
from pipeline.run import Engine
from pipeline.settings import Settings
from store.claims import ClaimStore
from tests.dashboard.rows import HOSTILE, fill

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

WIRE = (
    f"KYIV (Reuters) - The defence minister of Ukraine, {HOSTILE}, said on Tuesday that 80,000 Russian troops were in "
    f"Crimea. {HOSTILE}\n\nRussia's foreign minister <b onclick=alert(1)>Lavrov</b> said: “{HOSTILE}”. "
    "He told reporters that `${window.HACKED=7}` soldiers</script> had left Kharkiv, and demanded an answer.\n"
)


def fill_with_hostile(path: Path) -> None:
    """Put a store at ``path``: invented rows with hostile names, and a hostile text that the engine itself has read."""
    fill(path, hostile=True)
    with ClaimStore.open(path) as store:
        report = Report(text=WIRE, id="wire", title=HOSTILE, outlet=HOSTILE, url=HOSTILE, published=date(2021, 4, 16))
        outcome = store_report(report, store, Engine.load(Settings(store=path)))
        assert isinstance(outcome, Stored), outcome
        assert outcome.claims, "the engine found no claim to show"


def unharmed(here: Visit) -> None:
    """Nothing of the report has run, in the page or in the map's frame."""
    assert here.page.evaluate("window.HACKED") is None
    for frame in here.page.frames:
        assert frame.evaluate("window.HACKED") is None
    assert here.foreign == []
    assert here.problems == []
    assert here.page.locator("img[src*='evil'], img[src='x'], a[href^='javascript']").count() == 0
