"""What Streamlit's test runner would do anew for each page that a test opens is done once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner


@pytest.fixture(scope="session", autouse=True)
def components_known() -> Iterator[None]:
    """Which installed packages bring components does not change while tests run; to look costs a tenth of a second, and
    a server does it once, the test runner for each page."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield
