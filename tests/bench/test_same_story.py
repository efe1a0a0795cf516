"""Copies and rewrites of an invented corpus are one story each; follow-ups and situation reports are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.same_story import DAYS, alike_in, measure, situation_reports, stories


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_two_stories_are_taken_for_one_and_few_rewrites_are_missed(seed: int) -> None:
    figures = measure(seed)
    assert figures["precision"] == 1
    assert figures["recall"] >= 0.98


def test_every_version_of_a_story_is_another_text() -> None:
    for story in stories():
        texts = [story.original, *story.versions().values()]
        assert len(set(texts)) == len(texts)
        assert len(story.sentences) >= 8


def test_situation_reports_share_their_frame_and_nothing_else() -> None:
    for reports in situation_reports(1).values():
        assert len(set(reports)) == DAYS
        assert not any("{" in text for text in reports)


def test_a_folder_without_copies_has_none(tmp_path: Path) -> None:
    for i, story in enumerate(stories()):
        (tmp_path / f"{i}.txt").write_text(story.original, encoding="utf-8")
    assert alike_in(tmp_path) == (15, [])
    (tmp_path / "copy.txt").write_text(stories()[0].original + "\n\nReporting by the Wire.", encoding="utf-8")
    assert alike_in(tmp_path) == (21, [("0.txt", "copy.txt")])
