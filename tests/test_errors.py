"""Work on one report: whatever breaks it comes out as an error of ours that says what broke, and where."""

from __future__ import annotations

import pytest

from errors import ClaimAtlasError, InputError, UnforeseenError, foreseen
from extract.reading.source import decoded


def test_what_nobody_foresaw_is_told_with_what_broke_and_where() -> None:
    with pytest.raises(UnforeseenError) as told, foreseen():
        raise ValueError("no\nsuch\tthing")
    assert "(ValueError: no such thing; tests/test_errors.py, line 13)" in str(told.value)
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
