"""Errors: whatever breaks work on one report is told with what broke and where; a message keeps what it was made of."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import PurePath

import pytest

from errors import ClaimAtlasError, InputError, UnforeseenError, Worded, foreseen, reworded
from extract.reading.source import decoded


def test_what_nobody_foresaw_is_told_with_what_broke_and_where() -> None:
    with pytest.raises(UnforeseenError) as told, foreseen():
        raise ValueError("no\nsuch\tthing")
    assert "(ValueError: no such thing; tests/test_errors.py, line 17)" in str(told.value)
    assert isinstance(told.value.__cause__, ValueError)


@pytest.mark.parametrize("error", [RecursionError("too deep"), MemoryError(), KeyError("x"), AssertionError()])
def test_every_kind_of_error_is_told(error: Exception) -> None:
    with pytest.raises(UnforeseenError, match=rf"\({type(error).__name__}\b"), foreseen():
        raise error


def test_the_line_is_the_innermost_of_the_project() -> None:
    with pytest.raises(UnforeseenError, match=r"; extract/reading/source\.py, line \d+\)"), foreseen():
        decoded(b"", None)  # type: ignore[arg-type]
        decoded(None, "here")  # type: ignore[arg-type]


def test_errors_that_were_foreseen_stay_what_they_are() -> None:
    with pytest.raises(InputError, match=r"^as it is$"), foreseen():
        raise InputError("as it is")


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, GeneratorExit])
def test_whoever_wants_to_stop_stops(stop: type[BaseException]) -> None:
    with pytest.raises(stop), foreseen():
        raise stop


def test_the_caller_may_choose_the_error_and_a_long_message_is_cut() -> None:
    def otherwise(reason: str) -> ClaimAtlasError:
        return InputError(f"chosen: {reason}")

    with pytest.raises(InputError, match=r"^chosen: ") as told, foreseen(otherwise):
        raise ValueError("x" * 10_000)
    assert len(str(told.value)) < 400


def test_a_message_is_its_pattern_with_numbers_and_days_as_english_writes_them() -> None:
    told = Worded("{n} bytes of {path} on {day}", n=2048, path=PurePath("a.txt"), day=date(2021, 4, 2))
    assert told == "2,048 bytes of a.txt on 2 April 2021"
    assert (told.pattern, dict(told.values)["n"]) == ("{n} bytes of {path} on {day}", 2048)


def test_the_words_of_an_error_keep_what_they_were_made_of_on_every_way() -> None:
    error = InputError("no column {name}", name="x{name}")
    for words in (str(error), error.args[0], pickle.loads(pickle.dumps(str(error))), str(InputError(str(error)))):
        assert isinstance(words, Worded)
        assert (words, words.pattern) == ("no column x{name}", "no column {name}")


def test_what_a_message_names_is_renamed_within_it_and_in_what_it_quotes() -> None:
    told = Worded("{where}: {reason}", where="/tmp/1/a.txt", reason=Worded("see {path}", path="/tmp/1/a.txt"))
    again = reworded(told, "/tmp/1/a.txt", "a.txt")
    assert again == reworded("/tmp/1/a.txt: see /tmp/1/a.txt", "/tmp/1/a.txt", "a.txt") == "a.txt: see a.txt"
    assert isinstance(again, Worded)
    assert isinstance(again.values["reason"], Worded)
