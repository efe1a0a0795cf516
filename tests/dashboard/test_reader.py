"""Which language a reader has: the address, the choice, the browser; nothing but the languages that there are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import language, reader

SCRIPT = """
import streamlit as st
from dashboard import language, reader
reader.meet()
st.text(language.t("Map"))
st.text(language.current())
reader.switch()
"""


@pytest.fixture(autouse=True)
def nobody_afterwards() -> Iterator[None]:
    yield
    language.ask_reader_by(lambda: language.ENGLISH)


def shown(at: AppTest) -> list[str]:
    assert not at.exception
    return [text.value for text in at.text]


def test_a_link_brings_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    at = AppTest.from_string(SCRIPT)
    at.query_params[reader.PARAMETER] = "fr"
    assert shown(at.run()) == ["Carte", "fr"]


@pytest.mark.parametrize("nonsense", ["xx", "../../fr", "<script>", "", "f"])
def test_an_unknown_language_in_the_address_is_as_none(nonsense: str) -> None:
    at = AppTest.from_string(SCRIPT)
    at.query_params[reader.PARAMETER] = nonsense
    assert shown(at.run()) == ["Map", "en"]


def test_a_choice_wins_over_the_address_that_it_changes() -> None:
    at = AppTest.from_string(SCRIPT)
    at.query_params[reader.PARAMETER] = "fr"
    at.run()
    at.button_group[0].set_value("en").run()
    assert shown(at) == ["Map", "en"]
    assert at.query_params[reader.PARAMETER] in ("en", ["en"])
    assert shown(at.run()) == ["Map", "en"]


def test_before_a_page_is_served_texts_are_english() -> None:
    assert reader.current() == "en"
