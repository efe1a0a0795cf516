"""Confidence is fitted on stories of a folder: what is found there, with its marks, is held against what gold says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import fit_counts, fit_statements

FIRST = "The harbour will reopen on Monday, the mayor of Odesa said."
SECOND = "Norway said 300 soldiers had left the town of Narvik."
TEXT = f"{FIRST}\n\n{SECOND}\n"


def _span(words: str) -> dict[str, int]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder with one story: gold agrees with Norway's claim and has the mayor's words in another mode."""
    stories = tmp_path / "stories"
    stories.mkdir()
    mayor = {"content": _span("The harbour will reopen on Monday"), "speaker": _span("the mayor of Odesa")}
    norway = {"content": _span("300 soldiers had left the town of Narvik"), "speaker": _span("Norway")}
    number = {"number": _span("300"), "low": 300, "high": 300, "kind": "personnel", "whose": "Norway"}
    rows = {
        "doc": {"boilerplate": []},
        "statements": [
            mayor | {"speaker_name": "the mayor of Odesa", "side": "Ukraine", "mode": "deny"},
            norway | {"speaker_name": "Norway", "side": "Norway", "mode": "say"},
        ],
        "counts": [number | {"claimant": "Norway", "claimant_text": "Norway", "places": ["Narvik"]}],
    }
    (stories / "harbour.txt").write_text(TEXT, "utf-8")
    (stories / "harbour.json").write_text(json.dumps(rows), "utf-8")
    return tmp_path


def test_statements_are_right_or_wrong_as_gold_says(gold: Path) -> None:
    found = fit_statements.examples(gold)
    assert [example.right for example in found] == [False, True]
    assert "name" in found[1].marks


def test_a_count_is_right_when_gold_has_it(gold: Path) -> None:
    (found,) = fit_counts.examples(gold)
    assert found.right
    assert found.story == "harbour"


def test_what_gold_calls_no_part_of_the_story_is_left_out(gold: Path) -> None:
    path = gold / "stories" / "harbour.json"
    rows = json.loads(path.read_text("utf-8"))
    rows["doc"]["boilerplate"] = [[0, TEXT.index(SECOND)]]
    path.write_text(json.dumps(rows), "utf-8")
    assert [example.right for example in fit_statements.examples(gold)] == [True]


def test_a_folder_without_stories_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fit_statements.main(["--gold", str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err
