"""Invented reports: the same for the same seed, of many outlets and days, some of them near-copies."""

from __future__ import annotations

import json
from pathlib import Path

from bench.synthetic import Corpus, main, parts


def test_a_report_is_the_same_whenever_and_in_whatever_order_it_is_asked_for() -> None:
    assert list(Corpus(7).reports(60)) == [Corpus(7).report(i) for i in reversed(range(60))][::-1]
    assert Corpus(7).report(3) != Corpus(8).report(3)


def test_no_slot_is_left_open_and_every_report_has_paragraphs_outlet_and_date() -> None:
    for report in Corpus(1).reports(80):
        assert not set("{}") & set(report.text + (report.title or ""))
        assert report.text.count("\n\n") > 5
        assert report.outlet in parts().common["outlet"]
        assert report.published


def test_reports_span_months_and_outlets_and_no_two_have_the_same_text() -> None:
    reports = list(Corpus(1).reports(200))
    assert len({report.sha256 for report in reports}) == 200
    assert len({report.outlet for report in reports}) == len(parts().common["outlet"])
    assert len({(report.published.year, report.published.month) for report in reports if report.published}) > 6


def test_some_reports_repeat_another_outlets_paragraphs() -> None:
    reports = list(Corpus(1).reports(120))
    seen: list[set[str]] = []
    copies = 0
    for report in reports:
        paragraphs = set(report.text.split("\n\n"))
        copies += any(len(paragraphs & other) > 0.8 * len(paragraphs) for other in seen)
        seen.append(paragraphs)
    assert 5 < copies < 40


def test_the_command_writes_lines_that_the_reader_of_json_lines_understands(tmp_path: Path) -> None:
    out = tmp_path / "reports.jsonl"
    assert main(["--reports", "3", "--out", str(out)]) == 0
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [line["text"] for line in lines] == [report.text for report in Corpus(1).reports(3)]
