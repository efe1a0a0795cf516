"""What holds for all tests: Ctrl-C interrupts, the main module is the one that was started, and their order, in which
several workers end at about the same time and few of them start each server and model."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import Scheduling


_MAIN: Final = sys.modules["__main__"]


def pytest_configure() -> None:
    """A shell starts what runs in the background with Ctrl-C ignored, and every process of a test would inherit that:
    those that are to be interrupted would run for ever."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_runtest_setup() -> None:
    """Streamlit's test runner leaves the script of a page as the main module, and every process that a later test forks
    would run that script before its own work: ten times as long as a process of the crash tests takes."""
    sys.modules["__main__"] = _MAIN


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
