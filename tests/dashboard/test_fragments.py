"""No fragment of a page lies within another one; what happens otherwise is told at ``map_page.render``."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.testing.v1 import AppTest

from dashboard.navigation import PAGES
from tests.patience import PATIENCE

SCRIPT = """
import importlib
from dashboard import theme
theme.configure_page()
importlib.import_module("{module}").render()
"""


@pytest.fixture
def parents(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The fragments in which fragments were drawn; None for the page itself."""
    found: list[str | None] = []
    register = MemoryFragmentStorage.register

    def noted(storage: MemoryFragmentStorage, *args: object, **given: object) -> None:
        found.append(given["parent_fragment_id"])
        register(storage, *args, **given)

    monkeypatch.setattr(MemoryFragmentStorage, "register", noted)
    return found


@pytest.mark.parametrize("module", [spec.module for spec in PAGES])
def test_no_fragment_lies_within_another(store: Path, parents: list[str | None], module: str) -> None:
    at = AppTest.from_string(SCRIPT.format(module=module), default_timeout=PATIENCE).run()
    assert not at.exception
    assert set(parents) <= {None}


def test_none_does_while_the_map_plays(store: Path, parents: list[str | None]) -> None:
    at = AppTest.from_string(SCRIPT.format(module="dashboard.map_page"), default_timeout=PATIENCE).run()
    at.button(key="ca-play").click().run()
    assert at.button(key="ca-play").label == "Pause"
    assert len(parents) >= 4
    assert set(parents) == {None}
