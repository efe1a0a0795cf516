"""What is handed in becomes drafts; what is known or cannot be read is told, and nothing is stored."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from extract.model import Report
from extract.reading import ReadingError
from pipeline import intake
from pipeline.batch import Rejected
from pipeline.beside import Beside, BesideError
from pipeline.fetching.addresses import FetchError
from pipeline.fetching.client import Fetched, Fetcher
from pipeline.intake import Address, Again, Draft, Event, File, Found, Known, Order, Pasted, Samples, take_in
from pipeline.run import Engine
from tests.pipeline.fakes import FailingExtractor, FakeResolver
from tests.pipeline.processes import goes_on, readers_below

TEXT = "The ministry said on Monday that about 300 soldiers had left the town. It gave no reason for that."
OTHER = "The governor said that two bridges near the harbour had been closed. He expects them to open in May."
GERMAN = (
    "Der Minister sagte am Montag, dass die Truppen die Stadt verlassen haben. Einen Grund nannte er aber nicht dafür."
)


LONG = " ".join(
    f"The governor of district {i} said that {i} bridges near the harbour had been closed." for i in range(600)
)
"""Takes seconds to read."""


def engine() -> Engine:
    return Engine(FailingExtractor(), FakeResolver())


def events(*handed: intake.Handed, **order: object) -> list[Event]:
    return list(take_in(Order(handed, **order), engine))  # type: ignore[arg-type]


def file(folder: Path, name: str, content: str | bytes, **columns: str) -> File:
    path = folder / f"upload{Path(name).suffix}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return File(name, path, columns)


@dataclass
class Web:
    """Pages by address; what is not there cannot be fetched."""

    pages: dict[str, tuple[str, str]]
    asked: list[str] = field(default_factory=list)

    def get(self, url: str) -> Fetched:
        self.asked.append(url)
        if url not in self.pages:
            raise FetchError(url, "the server gives no page (it says 404).")
        kind, body = self.pages[url]
        return Fetched(url, kind, "utf-8", body.encode())


def test_a_pasted_text_becomes_a_draft_with_what_its_reader_says_of_it() -> None:
    found, draft = events(Pasted(TEXT, "Soldiers leave", "The Desk", date(2021, 4, 12)))
    assert found == Found(1)
    assert isinstance(draft, Draft)
    assert (draft.report.text, draft.report.title, draft.report.outlet) == (TEXT, "Soldiers leave", "The Desk")
    assert draft.report.published == date(2021, 4, 12)
    assert draft.report.sample is False


def test_a_date_that_nobody_gave_is_not_known() -> None:
    _, draft = events(Pasted(TEXT))
    assert isinstance(draft, Draft)
    assert (draft.report.published, draft.report.title) == (None, None)


@pytest.mark.parametrize(
    ("text", "why"),
    [("  \n ", "no text"), (GERMAN, "German"), ("x " * 300_000, "too long")],
    ids=["empty", "German", "too-long"],
)
def test_a_text_that_cannot_be_read_is_set_aside_with_the_reason(text: str, why: str) -> None:
    (rejected,) = events(Pasted(text))
    assert isinstance(rejected, Rejected)
    assert rejected.where == "the pasted text"
    assert why in rejected.reason


def test_the_same_text_is_known_by_the_store_and_within_what_is_handed_in() -> None:
    stored = Report(text=OTHER).sha256
    found, known, twice, draft = events(
        Pasted(TEXT, "First"), Pasted(OTHER, "Old"), Pasted(TEXT, "Again"), stored=frozenset({stored})
    )
    assert found == Found(1)
    assert known == Known("Old", stored)
    assert twice == Known("Again", Report(text=TEXT).sha256, twice=True)
    assert isinstance(draft, Draft)


def test_nothing_is_annotated_and_no_engine_loaded_when_all_is_known() -> None:
    def none() -> Engine:
        raise AssertionError("the engine was asked for")

    order = Order((Pasted(TEXT),), frozenset({Report(text=TEXT).sha256}))
    assert [type(event) for event in take_in(order, none)] == [Known]


def test_a_broken_file_is_named_as_its_reader_knows_it_and_the_others_are_read(tmp_path: Path) -> None:
    broken, found, draft = events(
        file(tmp_path, "Notes of May.pdf", b"%PDF-1.4 and no more"), file(tmp_path, "wire.txt", TEXT)
    )
    assert isinstance(broken, Rejected)
    assert broken.where == "Notes of May.pdf"
    assert str(tmp_path) not in broken.reason
    assert (found, type(draft)) == (Found(1), Draft)


def test_a_table_is_read_by_the_columns_that_its_reader_names(tmp_path: Path) -> None:
    table = f'Body,When,Head\n"{TEXT}",2021-04-12,One\n"{OTHER}",soon,Two\n'
    found, bad, draft = events(file(tmp_path, "t.csv", table, text="Body", published="When", title="Head"))
    assert found == Found(1)
    assert isinstance(bad, Rejected)
    assert bad.where == "t.csv, line 3"
    assert isinstance(draft, Draft)
    assert (draft.report.title, draft.report.published) == ("One", date(2021, 4, 12))


def test_the_head_of_a_table_shows_what_there_is_to_choose_from() -> None:
    assert intake.table_head(b'Body;When\n"two\nlines";2021-04-12\n', "t.csv") == (
        ("Body", "When"),
        ("two\nlines", "2021-04-12"),
    )
    assert intake.table_head(b"", "t.csv") == ((), ())
    for raw in (b"\xff\xfea,b\n", b'"a,b\nc,d\n'):
        with pytest.raises(ReadingError, match=r"t\.csv"):
            intake.table_head(raw, "t.csv")


def test_a_report_that_breaks_the_engine_is_set_aside_and_the_next_is_annotated() -> None:
    *_, broken, draft = events(Pasted(f"BAD {TEXT}"), Pasted(TEXT))
    assert broken == Rejected(Report(text=f"BAD {TEXT}").sha256, "this report breaks")
    assert isinstance(draft, Draft)


def test_of_a_feed_the_first_entries_are_read_and_known_pages_are_not_asked_for() -> None:
    items = "".join(
        f"<item><title>News {n}</title><link>https://news.example/{n}</link></item>" for n in ("a", "b", "c", "d")
    )
    web = Web(
        {
            "https://news.example/feed": ("application/rss+xml", f"<rss><channel>{items}</channel></rss>"),
            "https://news.example/a": ("text/plain", TEXT),
        }
    )
    order = Order((Address("https://news.example/feed", entries=3),), addresses={"https://news.example/b": "id-of-b"})
    found, known, failed, draft = take_in(order, engine, web)
    assert web.asked == ["https://news.example/feed", "https://news.example/a", "https://news.example/c"]
    assert (found, known) == (Found(1), Known("News b", "id-of-b"))
    assert isinstance(failed, Rejected)
    assert "404" in failed.reason
    assert isinstance(draft, Draft)
    assert draft.report.title == "News a"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8501/", "http://169.254.169.254/latest/meta-data", "file:///etc/passwd"]
)
def test_an_address_inside_is_never_asked(url: str) -> None:
    (refused,) = take_in(Order((Address(url),)), engine, Fetcher())
    assert isinstance(refused, Rejected)
    assert "public internet" in refused.reason or "only http" in refused.reason


def test_more_reports_than_fit_are_left_for_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MOST_REPORTS", 1)
    found, left, draft = events(Pasted(TEXT), Pasted(OTHER, "Second"))
    assert found == Found(1)
    assert isinstance(left, Rejected)
    assert left.where == "Second"
    assert isinstance(draft, Draft)


def test_samples_are_marked_as_such() -> None:
    drafts = [event for event in events(Samples()) if isinstance(event, Draft)]
    assert len(drafts) > 3
    assert all(draft.report.sample for draft in drafts)


def test_a_draft_is_read_again_as_the_report_that_it_is() -> None:
    _, draft = events(Pasted(TEXT, "T", "O", date(2021, 4, 12)))
    assert isinstance(draft, Draft)
    dated = intake.with_facts(draft, title="T2", outlet=None, published=date(2021, 5, 1))
    _, again = events(Again(dated.report))
    assert again == dated


def test_the_process_beside_tells_the_same_as_this_one(tmp_path: Path) -> None:
    order = Order((Pasted("  "), file(tmp_path, "wire.txt", TEXT), Pasted(OTHER, "Other", published=date(2021, 4, 12))))
    empty, first, second, *drafts = Beside(order)
    assert isinstance(empty, Rejected)
    assert (first, second) == (Found(1), Found(2))
    assert [draft.report.text for draft in drafts if isinstance(draft, Draft)] == [TEXT, OTHER]
    assert any(claim.kind == "count" and claim.low == 300 for claim in drafts[0].claims)  # type: ignore[union-attr]


def test_the_process_beside_can_be_stopped_before_and_while_it_works() -> None:
    never = Beside(Order((Pasted(TEXT),)))
    never.stop()
    assert list(never) == []
    beside = Beside(Order((Pasted(TEXT),)))
    seen = []
    for event in beside:
        seen.append(event)
        beside.stop()
    assert seen[0] == Found(1)
    assert not any(isinstance(event, Draft) for event in seen)


def test_when_the_reading_process_is_ended_only_the_report_it_was_reading_is_set_aside() -> None:
    seen: list[Event] = []
    for event in Beside(Order((Pasted(TEXT), Pasted(LONG, "Long"), Pasted(OTHER)))):
        if isinstance(event, Draft) and not any(isinstance(earlier, Draft) for earlier in seen):
            (reader,) = readers_below(os.getpid())
            os.kill(reader, signal.SIGKILL)
        seen.append(event)
    assert [event.report.text for event in seen if isinstance(event, Draft)] == [TEXT, OTHER]
    (aside,) = (event for event in seen if isinstance(event, Rejected))
    assert aside.where == Report(LONG).sha256
    assert "ended by signal 9" in aside.reason


def test_nobody_goes_on_reading_for_a_process_beside_that_was_stopped() -> None:
    beside = Beside(Order((Pasted(TEXT), Pasted(LONG))))
    readers: list[int] = []
    threads = 0
    for event in beside:
        if isinstance(event, Draft):
            readers = readers_below(os.getpid())
            threads = len(list(Path(f"/proc/{readers[0]}/task").iterdir()))
            beside.stop()
    assert len(readers) == 1
    assert threads == 1  # what has loaded a language model is slower with more of them
    until = time.monotonic() + 1.0  # the long report takes longer
    while any(map(goes_on, readers)) and time.monotonic() < until:
        time.sleep(0.01)
    assert not any(map(goes_on, readers))


def test_a_process_that_breaks_off_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIM_ATLAS_MODEL", "no_such_model")
    with pytest.raises(BesideError, match="no_such_model"):
        list(Beside(Order((Pasted(TEXT),))))
