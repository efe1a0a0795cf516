"""refresh: what is read anew, and what is told of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.command_line import NOTHING_DONE, OK, SOME_SET_ASIDE, main
from pipeline.run import Engine
from store.claims import ClaimStore
from store.filters import Filters
from tests.pipeline.commands.given import write
from tests.pipeline.fakes import FakeExtractor, count, extraction


def test_refresh_reads_anew_what_an_older_version_read(
    here: Path, read_by: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    found = extraction(counts=(count(),))
    read_by("one")
    main(["ingest", write(here / "a.txt", found.report.text)])
    read_by("two", FakeExtractor(found))
    assert main(["refresh"]) == OK
    assert "1 report read anew: 1 new claim, 0 gone. Store:" in capsys.readouterr().err
    assert main(["refresh"]) == OK
    assert "Everything is up to date." in capsys.readouterr().err
    with ClaimStore.open(here / "store.duckdb", read_only=True) as store:
        assert store.count(Filters()) == 1


def test_refresh_of_what_is_up_to_date_does_not_load_the_model(
    here: Path, read_by: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    read_by("one")
    main(["ingest", write(here / "a.txt", "One.")])
    monkeypatch.setattr(Engine, "load", lambda settings: pytest.fail("loaded"))
    assert main(["refresh"]) == OK


def test_refresh_tells_programs_what_became_of_each_report(
    here: Path, read_by: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    read_by("one", FakeExtractor())
    main(["ingest", write(here / "a.txt", "One."), write(here / "b.txt", "BAD")])
    read_by("two")
    capsys.readouterr()
    assert main(["refresh", "--json"]) == SOME_SET_ASIDE
    out = capsys.readouterr()
    failed, done = sorted(map(json.loads, out.out.splitlines()), key=lambda line: bool(line["done"]))
    assert done == {"report": done["report"], "done": True, "title": "a", "claims": 0, "new": 0, "gone": 0}
    assert (failed["done"], failed["reason"]) == (False, "this report breaks")
    assert f"set aside: {failed['report']}: this report breaks" in out.err
    assert main(["refresh", "--json", "--report", done["report"]]) == OK
    assert capsys.readouterr().out == ""
    assert main(["refresh", "--all", "--json", "--report", done["report"]]) == OK
    assert json.loads(capsys.readouterr().out)["report"] == done["report"]


def test_refresh_of_a_report_that_is_not_there_did_nothing(
    read_by: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    read_by("one")
    assert main(["refresh", "--report", "nothing"]) == NOTHING_DONE
    assert "set aside: nothing: there is no report of that id" in capsys.readouterr().err
