"""Zoom and centre in the address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dashboard.glance import parsed


def test_latitude_longitude_and_zoom_are_read() -> None:
    assert parsed("48.100,-30.25,5") == (48.1, -30.25, 5)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "48.1,30.2",
        "48.1,30.2,5,6",
        "91,0,5",
        "0,181,5",
        "0,0,1",
        "0,0,11",
        "nan,0,5",
        "1e3,0,5",
        "٤,0,5",
        "<b>",
    ],
)
def test_what_the_map_cannot_show_is_dropped(text: str | None) -> None:
    assert parsed(text) is None


@given(some.text(max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    parsed(text)
