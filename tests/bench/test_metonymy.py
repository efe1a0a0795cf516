"""The sentences that say what a place name stands for: read with their marks, judged by overlap."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import metonymy
from errors import InputError


def written(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "sentences.txt"
    path.write_text("\n".join(("# a comment", "", *lines)), "utf-8")
    return path


def test_marks_are_taken_out_and_names_stand_where_they_stood(tmp_path: Path) -> None:
    (marked,) = metonymy.read(written(tmp_path, "[Kosti|actor] sent aid to [Rabak|literal]."))
    assert marked.text == "Kosti sent aid to Rabak."
    assert [(marked.text[start:end], kind) for start, end, kind in marked.names] == [
        ("Kosti", "actor"),
        ("Rabak", "literal"),
    ]


def test_a_kind_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"sentences\.txt:3: kind is 'town'"):
        list(metonymy.read(written(tmp_path, "[Kosti|town] sent aid.")))


def test_names_not_recognised_are_counted_apart_from_wrong_kinds() -> None:
    judged = [metonymy.Judged("A", "literal", taken, "") for taken in ("literal", "actor", None, None)]
    assert metonymy.figures(judged)["kind_right"] == 0.5
    assert metonymy.figures(judged)["recognised"] == 0.5


def test_there_are_enough_sentences_of_every_kind() -> None:
    sentences = list(metonymy.read(metonymy.SENTENCES))
    kinds = [kind for sentence in sentences for _, _, kind in sentence.names]
    assert len(sentences) >= 180
    assert all(kinds.count(kind) >= 20 for kind in ("literal", "actor", "attributive", "org_part"))
