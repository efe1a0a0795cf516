"""The quality gate: what passes, what fails, and when a floor may move."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.corpora import corpora
from bench.floors import Floors
from bench.speed import ratio
from errors import DataError, InputError

FLOORS = Floors(corpora={"stories": "aaa"}, floors={"stories.f1": 0.8}, ceilings={"speed.cost": 1.5})
SAME = {"stories": "aaa"}


def passed(figures: dict[str, float], checksums: dict[str, str] = SAME) -> list[bool]:
    return [verdict.passed for verdict in FLOORS.judge(figures, checksums)]


def test_a_figure_below_its_floor_fails_and_one_at_it_passes() -> None:
    assert passed({"stories.f1": 0.79}) == [False]
    assert passed({"stories.f1": 0.80}) == [True]


def test_a_cost_above_its_ceiling_fails() -> None:
    assert passed({"speed.cost": 1.6}) == [False]
    assert passed({"speed.cost": 1.4}) == [True]


def test_a_figure_of_another_corpus_is_compared_with_nothing() -> None:
    (verdict,) = FLOORS.judge({"stories.f1": 0.1}, {"stories": "bbb"})
    assert verdict.passed
    assert verdict.floor is None


def test_floors_rise_by_themselves_and_sink_only_when_told_to() -> None:
    assert FLOORS.raised({"stories.f1": 0.9}, SAME).floors["stories.f1"] == 0.9
    assert FLOORS.raised({"stories.f1": 0.7}, SAME).floors["stories.f1"] == 0.8
    assert FLOORS.raised({"stories.f1": 0.7}, SAME, lower=True).floors["stories.f1"] == 0.7


def test_a_ceiling_never_moves_by_itself() -> None:
    assert FLOORS.raised({"speed.cost": 9.0}, SAME, lower=True).ceilings == {"speed.cost": 1.5}


def test_floors_survive_being_written_and_read(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    FLOORS.save(path)
    assert Floors.load(path) == FLOORS


def test_a_damaged_floors_file_says_which_file(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text("{")
    with pytest.raises(DataError, match=r"floors\.json"):
        Floors.load(path)


def test_the_checksum_changes_with_a_text_and_with_the_gold(tmp_path: Path) -> None:
    stories = tmp_path / "stories"
    stories.mkdir()
    (stories / "a.txt").write_text("Ten tanks crossed.")
    (stories / "a.json").write_text("{}")
    (corpus,) = corpora(tmp_path)
    first = corpus.checksum
    (stories / "a.txt").write_text("Ten tanks turned.")
    second = corpus.checksum
    (stories / "a.json").write_text("[]")
    assert len({first, second, corpus.checksum}) == 3


def test_a_corpus_text_keeps_its_line_ends_because_offsets_count_them(tmp_path: Path) -> None:
    stories = tmp_path / "stories"
    stories.mkdir()
    (stories / "a.txt").write_bytes(b"One.\r\nTwo.")
    (corpus,) = corpora(tmp_path)
    (report,) = corpus.reports()
    assert (report.id, report.text) == ("a", "One.\r\nTwo.")


def test_a_folder_without_a_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no corpus"):
        corpora(tmp_path)


def test_a_ratio_tells_twice_the_work_from_once() -> None:
    def work(times: int) -> int:
        return sum(i * i for i in range(300_000 * times))

    assert 1.4 < ratio(lambda: work(2), lambda: work(1), rounds=5) < 2.8
