"""annotate, ingest and samples: what they print, where, and the exit code they leave."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.command_line import INTERRUPTED, NOTHING_DONE, OK, SOME_SET_ASIDE, USAGE, main
from pipeline.run import Engine
from store.claims import ClaimStore
from store.filters import Filters
from tests.pipeline.commands.given import annotated, write
from tests.pipeline.fakes import FailingExtractor, FakeResolver, count, extraction, fake_engine


def test_annotate_prints_a_json_line_a_report(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [write(here / "a.txt", "One."), write(here / "b.md", "Two.")]
    lines = write(here / "rows.data", {"id": "c", "text": "Three."}, {"id": "d", "text": "Four."})
    assert main(["annotate", *files, "--jsonl", lines]) == OK
    out = capsys.readouterr()
    assert annotated(out.out) == ["a", "b", "c", "d"]
    assert out.err == ""


def test_the_model_is_loaded_once_for_all_files(here: Path, loads: list[object]) -> None:
    main(["annotate", *(write(here / f"{i}.txt", f"Report {i}.") for i in range(3))])
    assert len(loads) == 1


def test_annotate_writes_utf_8_to_the_file_it_is_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["annotate", write(here / "Київ.txt", "One."), "--out", "out.jsonl"]) == OK
    assert annotated((here / "out.jsonl").read_text("utf-8")) == ["Київ"]
    assert "Київ".encode() in (here / "out.jsonl").read_bytes()
    assert capsys.readouterr().out == ""


def test_annotate_sets_bad_reports_aside_and_says_so(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = write(here / "r.jsonl", {"id": "1", "text": "One."}, "{oops", {"id": "3", "text": "BAD"}, {"text": "Four."})
    assert main(["annotate", lines]) == SOME_SET_ASIDE
    out = capsys.readouterr()
    assert len(annotated(out.out)) == 2
    assert "r.jsonl, line 2: this is not JSON" in out.err
    assert "3: this report breaks" in out.err


def test_a_published_date_is_for_reports_that_give_none(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    class Watching(FailingExtractor):
        def extract(self, report):  # type: ignore[no-untyped-def]
            seen.append(str(report.published))
            return super().extract(report)

    monkeypatch.setattr(Engine, "load", lambda settings: Engine(Watching(), FakeResolver()))
    lines = write(here / "r.jsonl", {"text": "One.", "published": "2021-04-12"}, {"text": "Two."})
    main(["annotate", lines, "--published", "2022-01-01"])
    assert seen == ["2021-04-12", "2022-01-01"]


def test_when_no_report_can_be_read_nothing_was_done(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["annotate", "missing.txt"]) == NOTHING_DONE
    assert "missing.txt: there is no such file." in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        [], ["annotate"], ["nonsense"], ["annotate", "a.txt", "--published", "12 April"], ["ingest"],
        ["annotate", "a.txt", "--published", "20210412"], ["annotate", "a.txt", "--out", "./a.txt"], ["samples", "x"],
        ["export", "--format", "csv"], ["export", "--format", "doc", "--out", "x"],
        ["export", "--format", "csv", "--out", "x", "--kind", "nonsense"],
    ],
)  # fmt: skip
def test_wrong_usage_is_told_and_leaves_code_2(
    here: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    write(here / "a.txt", "One.")
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == USAGE
    assert "usage: python -m pipeline" in capsys.readouterr().err
    assert (here / "a.txt").read_text() == "One."


def test_an_output_that_cannot_be_written_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["annotate", write(here / "a.txt", "One."), "--out", "no/such/out.jsonl"]) == NOTHING_DONE
    assert "no/such/out.jsonl cannot be written" in capsys.readouterr().err


def test_an_interruption_is_no_crash(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(settings: object) -> Engine:
        raise KeyboardInterrupt

    monkeypatch.setattr(Engine, "load", stop)
    assert main(["annotate", write(here / "a.txt", "One.")]) == INTERRUPTED


def test_a_bad_setting_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("CLAIM_ATLAS_BORDERS", "all")
    assert main(["samples", "clear"]) == NOTHING_DONE
    assert "CLAIM_ATLAS_BORDERS" in capsys.readouterr().err


def test_ingest_fills_the_store_and_a_second_time_changes_nothing(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = extraction(counts=(count(),))
    monkeypatch.setattr(Engine, "load", lambda settings: fake_engine(found))
    (here / "in").mkdir()
    write(here / "in" / "a.txt", found.report.text)
    assert main(["ingest", "in"]) == OK
    assert "1 report added with 1 claim. Store:" in capsys.readouterr().err
    assert main(["ingest", "in"]) == OK
    assert "1 already there" in capsys.readouterr().err
    with ClaimStore.open(here / "store.duckdb", read_only=True) as store:
        assert store.count(Filters()) == 1


def test_ingest_gives_date_and_outlet_to_reports_without(here: Path) -> None:
    write(here / "r.jsonl", {"text": "One.", "outlet": "Own", "published": "2021-04-12"}, {"text": "Two."})
    main(["ingest", "r.jsonl", "--outlet", "Given", "--published", "2022-01-01"])
    with ClaimStore.open(here / "store.duckdb", read_only=True) as store:
        frame = store.reports()
    assert list(frame["outlet"]) == ["Own", "Given"]
    assert [day.isoformat() for day in frame["published"]] == ["2021-04-12", "2022-01-01"]


def test_ingest_tells_what_was_set_aside(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", write(here / "a.txt", "One."), write(here / "b.txt", "BAD")]) == SOME_SET_ASIDE
    err = capsys.readouterr().err
    assert "set aside: b: this report breaks" in err
    assert "1 report added with 0 claims, 1 set aside" in err


def test_ingest_of_an_empty_folder_did_nothing(here: Path) -> None:
    (here / "in").mkdir()
    assert main(["ingest", "in"]) == NOTHING_DONE


def test_a_store_in_use_is_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "store.duckdb").write_bytes(b"no database")
    assert main(["ingest", write(here / "a.txt", "One.")]) == NOTHING_DONE
    assert "store.duckdb is damaged" in capsys.readouterr().err


def test_samples_are_loaded_once_and_cleared_without_touching_others(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["ingest", write(here / "mine.txt", "Mine.")])
    assert main(["samples", "load"]) == OK
    assert main(["samples", "load"]) == OK
    assert main(["samples", "clear"]) == OK
    told = capsys.readouterr().err
    assert "10 sample reports added" in told
    assert "0 sample reports added" in told
    assert "10 sample reports removed" in told
    with ClaimStore.open(here / "store.duckdb", read_only=True) as store:
        assert list(store.reports()["title"]) == ["mine"]


@pytest.mark.parametrize("reader", ["head -c 10", "true"])
def test_a_reader_that_leaves_early_is_no_error(here: Path, reader: str, runs: Callable[..., str]) -> None:
    rows = [{"id": str(i), "text": "Kyiv said so. " * 20} for i in range(2000)]
    write(here / "r.jsonl", *rows)
    assert runs(f"annotate --jsonl r.jsonl | {reader} > /dev/null") == ""
