"""The data dictionary knows every column, field, parameter and export."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.exports import EXPORTS
from store.filters import PARAMETERS
from store.schema import COUNT_KINDS, MODES, TABLES

DOCUMENT = (Path(__file__).parents[2] / "docs" / "data-dictionary.md").read_text("utf-8")


def section(title: str) -> str:
    found = DOCUMENT.partition(f"# {title}\n")[2].split("\n#")[0]
    assert found, title
    return found


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_explained(table: str) -> None:
    for column in TABLES[table]:
        assert f"`{column}`" in section(table), column


def test_every_filter_is_explained_with_its_url_parameter() -> None:
    for field, parameter in PARAMETERS.items():
        assert f"`{field}`" in section("Filters")
        assert f"`{parameter}`" in section("Filters")


@pytest.mark.parametrize("value", [*COUNT_KINDS, *MODES, *EXPORTS])
def test_every_value_of_a_closed_list_is_named(value: str) -> None:
    assert f"`{value}`" in DOCUMENT
