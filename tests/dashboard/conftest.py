"""What tests of pages share: a store, and what Streamlit's test runner would do anew for each page that is opened."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner

from dashboard import map_page, resources
from tests.dashboard.rows import fill


@pytest.fixture(scope="session", autouse=True)
def components_known() -> Iterator[None]:
    """Which installed packages bring components does not change while tests run; to look costs a tenth of a second, and
    a server does it once, the test runner for each page."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session", autouse=True)
def nobody_to_wait_for() -> Iterator[None]:
    """The map page lets a browser draw the map before all else: here is no browser."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(map_page, "HEAD_START", 0.0)
        patched.setattr(map_page, "LEAD", 0.0)
        yield


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The invented reports, as the store that the pages of a test open."""
    path = fill(tmp_path / "claims.duckdb")
    monkeypatch.setenv("CLAIM_ATLAS_STORE", str(path))
    for cached in (resources.settings, resources.preparation, resources.map_libraries):
        cached.clear()
    return path
