"""export and query follow the filters; doctor says what it found."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import checkup
from pipeline.command_line import NOTHING_DONE, OK, SOME_SET_ASIDE, main
from store.claims import ClaimStore
from store.exports import EXPORTS
from tests.pipeline.commands.given import write
from tests.store.claim_rows import a_count, a_report


@pytest.mark.usefixtures("one_claim")
@pytest.mark.parametrize("name", EXPORTS)
def test_export_writes_a_file_of_every_format(here: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--format", name, "--out", f"out{EXPORTS[name].suffix}", "--actor", "Ukraine"]) == OK
    assert f"1 claim written to out{EXPORTS[name].suffix}" in capsys.readouterr().err
    assert (here / f"out{EXPORTS[name].suffix}").stat().st_size > 0
    assert not list(here.glob("*.part"))


@pytest.mark.usefixtures("one_claim")
def test_export_follows_the_filters_and_leaves_texts_out_unless_asked(here: Path) -> None:
    main(["export", "--format", "csv", "--out", "none.csv", "--actor", "Nobody"])
    main(["export", "--format", "csv", "--out", "one.csv"])
    main(["export", "--format", "csv", "--out", "texts.csv", "--with-texts"])
    assert len((here / "none.csv").read_text().splitlines()) == 1
    assert "Moscow denied it" not in (here / "one.csv").read_text()
    assert "Moscow denied it" in (here / "texts.csv").read_text()


@pytest.mark.usefixtures("one_claim")
def test_an_export_that_cannot_be_written_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--format", "csv", "--out", "no/such.csv"]) == NOTHING_DONE
    assert "no/such.csv cannot be written" in capsys.readouterr().err


def test_an_export_without_a_store_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--format", "csv", "--out", "x.csv"]) == NOTHING_DONE
    assert "There is no store" in capsys.readouterr().err


@pytest.mark.usefixtures("one_claim")
def test_query_prints_claims_for_reading_and_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query"]) == OK
    out = capsys.readouterr()
    assert out.out == "Ukraine: more than 80,000 troops | Desk, Title\n"
    assert "1 claim found" in out.err
    assert main(["query", "--json", "--whose", "Russia"]) == OK
    (found,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (found["claimant"], found["low"], found["low_open"], found["places"]) == ("Ukraine", 80_000, True, [])


@pytest.mark.usefixtures("one_claim")
def test_query_follows_filters_and_limit(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--actor", "Nobody"], ["--limit", "0"], ["--mode", "deny"], ["--since", "2021-04-01"]):
        assert main(["query", *words]) == OK
        assert capsys.readouterr().out == ""


def test_query_gives_a_terminal_no_control_characters(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = replace(a_report(), title="\x1b[2J bad")
    with ClaimStore.open(here / "store.duckdb") as store:
        store.add(report, [a_count(report, "c")], [])
    main(["query"])
    assert "\x1b" not in capsys.readouterr().out


def test_doctor_says_what_it_found(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "CHECKS", {name: checkup.CHECKS[name] for name in ("store", "gazetteer", "actors")})
    assert main(["doctor", "--json"]) == OK
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [item["check"] for item in found] == ["store", "gazetteer", "actors"]
    assert all(item["well"] for item in found)
    assert "there is none" in found[0]["told"]


def test_doctor_tells_how_many_reports_are_out_of_date(
    here: Path, read_by: Callable[..., None], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkup, "CHECKS", {"readings": checkup.CHECKS["readings"]})
    read_by("one")
    main(["ingest", write(here / "a.txt", "One.")])
    main(["doctor"])
    assert "every report was read by this version" in capsys.readouterr().err
    read_by("two")
    assert main(["doctor"]) == OK
    assert "1 of the reports were read by another version: `python -m pipeline refresh`" in capsys.readouterr().err


def test_doctor_goes_on_after_a_wrong_finding_and_says_what_to_do(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "store.duckdb").write_bytes(b"no database")
    monkeypatch.setenv("CLAIM_ATLAS_MODEL", "no_such_model")
    monkeypatch.setattr(checkup, "CHECKS", {name: checkup.CHECKS[name] for name in ("store", "model", "actors")})
    assert main(["doctor"]) == SOME_SET_ASIDE
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("WRONG  store") and "back-up" in told[0]
    assert told[1].startswith("WRONG  model") and "no_such_model" in told[1]
    assert told[2].startswith("well ")
