"""The order of the tests: several workers end at about the same time, and few of them start each server and model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import Scheduling


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests first. Tests of one file, which share what they start, stay together."""
    items.sort(key=_how_short)


def _how_short(item: pytest.Item) -> int:
    return 0 if item.get_closest_marker("browser") else 1 if item.get_closest_marker("slow") else 2


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """Each worker has a stretch of the tests in their order; one that has done its own takes from the other's end."""
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log)
