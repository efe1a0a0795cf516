"""No report stops a batch, whatever nobody foresaw breaks on it: it is set aside with what broke, the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest

from extract.model import Extraction, Report
from pipeline import intake, run
from pipeline.batch import Rejected, ingest_reports
from pipeline.command_line import SOME_SET_ASIDE, main
from pipeline.fetching.client import Fetched
from pipeline.fetching.pages import reports_at
from pipeline.intake import Draft, Order, Pasted, take_in
from pipeline.refreshing import due, refresh
from pipeline.run import Annotation, Engine
from store.claims import ClaimStore
from store.filters import Filters
from store.records import ReadingRow
from tests.pipeline.fakes import FakeResolver, count

TEXT = "The council of the valley met on Monday to hear what the boatmen had seen."


class Breaking:
    """Breaks in a way of its own on each kind of report, and finds one count in every other."""

    def extract(self, report: Report) -> Extraction:
        if report.text.startswith("VALUE"):
            raise ValueError("not enough values to unpack")
        if report.text.startswith("DEEP"):
            return self.extract(report)
        found = replace(count(), places=())
        if report.text.startswith("ROWS"):
            return Extraction(report, counts=(replace(found, low="many"),))  # type: ignore[arg-type]
        return Extraction(report, counts=(found,))


OLD, NEW = ReadingRow("old", "g", "k"), ReadingRow("new", "g", "k")
ENGINE = Engine(Breaking(), FakeResolver(), NEW)
REPORTS = [Report(f"{words} {TEXT}", id=words) for words in ("one", "VALUE", "two", "DEEP", "ROWS", "three")]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ClaimStore]:
    with ClaimStore.open(tmp_path / "s.duckdb", brief=True) as opened:
        yield opened


def test_an_ingest_goes_on_after_reports_that_break_it(store: ClaimStore) -> None:
    summary = ingest_reports(REPORTS, store, ENGINE)
    assert summary.added == 3
    reasons = {item.where: item.reason for item in summary.set_aside}
    assert list(reasons) == ["VALUE", "DEEP", "ROWS"]
    assert "ValueError: not enough values to unpack; tests/pipeline/test_unforeseen.py" in reasons["VALUE"]
    assert "RecursionError" in reasons["DEEP"]
    assert store.count(Filters()) == 3


def test_rows_that_cannot_be_made_or_written_keep_no_other_report_out(
    store: ClaimStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_rows = Annotation.to_rows

    def breaking(self: Annotation, *, sample: bool = False) -> object:
        if self.report.id == "two":
            raise IndexError("no such row")
        return to_rows(self, sample=sample)

    monkeypatch.setattr(Annotation, "to_rows", breaking)
    summary = ingest_reports([REPORTS[0], REPORTS[2], REPORTS[5]], store, ENGINE)
    assert summary.added == 2
    assert [(item.where, "IndexError: no such row" in item.reason) for item in summary.set_aside] == [("two", True)]


def test_a_refresh_goes_on_and_the_report_that_breaks_keeps_its_claims(
    store: ClaimStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest_reports(REPORTS, store, replace(ENGINE, reading=OLD))
    replace_one = ClaimStore.replace

    def breaking(self: ClaimStore, report, *rest):  # type: ignore[no-untyped-def]
        if report.text.startswith("two"):
            raise IndexError("no such row")
        return replace_one(self, report, *rest)

    monkeypatch.setattr(ClaimStore, "replace", breaking)
    summary = refresh(due(store, NEW), store, ENGINE)
    assert summary.done == 2
    assert [(item.where, "IndexError" in item.reason) for item in summary.set_aside] == [(REPORTS[2].sha256, True)]
    assert store.count(Filters()) == 3


def test_a_hand_in_on_the_page_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def odd_rows(extraction: Extraction, located: object, **rest: object) -> NoReturn:
        raise IndexError("no such row")

    texts = (f"VALUE {TEXT}", TEXT, f"two {TEXT}")
    order = Order(tuple(map(Pasted, texts)))
    *_, broken, first, second = take_in(order, lambda: ENGINE)
    assert isinstance(broken, Rejected) and "ValueError" in broken.reason
    assert isinstance(first, Draft) and isinstance(second, Draft)
    monkeypatch.setattr(run, "annotation_rows", odd_rows)
    *_, broken = take_in(Order((Pasted(TEXT),)), lambda: ENGINE)
    assert isinstance(broken, Rejected) and "IndexError" in broken.reason


def test_a_pasted_text_that_breaks_the_checks_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "in_english", lambda text, where: text[10_000])
    assert "IndexError" in next(take_in(Order((Pasted(TEXT),)), lambda: ENGINE)).reason  # type: ignore[union-attr]


def test_a_page_that_breaks_its_reader_stops_no_other_entry_of_a_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    items = "".join(f"<item><title>{n}</title><link>https://valley.example/{n}</link></item>" for n in "abc")

    class Web:
        def get(self, url: str) -> Fetched:
            if url.endswith("/feed"):
                return Fetched(url, "text/xml", "utf-8", f"<rss><channel>{items}</channel></rss>".encode())
            return Fetched(url, "text/plain", "utf-8", f"{TEXT} {url[-1]}".encode())

    def text_of(raw: bytes, where: str) -> str:
        if where.endswith("/b"):
            raise AttributeError("no such page")
        return raw.decode()

    monkeypatch.setattr("pipeline.fetching.pages.text_of", text_of)
    first, broken, third = reports_at("https://valley.example/feed", Web())
    assert isinstance(first, Report) and isinstance(third, Report)
    assert isinstance(broken, Rejected)
    assert broken.where == "https://valley.example/b" and "AttributeError: no such page" in broken.reason


def test_annotate_names_the_report_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    to_json = Annotation.to_json

    def breaking(self: Annotation) -> object:
        return {"confidence": float("nan")} if self.report.id == "two" else to_json(self)

    monkeypatch.setattr(Annotation, "to_json", breaking)
    monkeypatch.setattr(Engine, "load", lambda settings: ENGINE)
    lines = [json.dumps({"id": report.id, "text": report.text}) for report in REPORTS]
    (tmp_path / "r.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert main(["annotate", "--jsonl", str(tmp_path / "r.jsonl"), "--jobs", "1"]) == SOME_SET_ASIDE
    printed = capsys.readouterr()
    assert [json.loads(line)["id"] for line in printed.out.splitlines()] == ["one", "ROWS", "three"]
    named = [line.split(": ")[1] for line in printed.err.splitlines() if line.startswith("set aside")]
    assert named == ["VALUE", "two", "DEEP"]
