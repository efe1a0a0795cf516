"""How long tests wait for what must come, and what work costs in the time of the machine on which limits were set."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache

PATIENCE = 90.0
"""Seconds that a test waits for what must happen. It goes on as soon as it has; a slow or busy machine is not wrong."""
_STEPS = 200_000
_TAKEN = 0.018
"""Processor seconds that so many steps took on that machine."""


def until(is_so: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until a condition holds; fails when that does not come to be."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"still not so after {seconds} s"
        time.sleep(0.01)


def cost(work: Callable[[], object], *, rounds: int = 3) -> float:
    """Processor seconds that some work takes at best, as the machine on which the limits were set would count them."""
    return min(_seconds(work) for _ in range(rounds)) / _slowness()


@cache
def _slowness() -> float:
    """How many times as long as there the same steps take here; one where they take less."""
    return max(1.0, min(_seconds(_steps) for _ in range(5)) / _TAKEN)


def _steps() -> None:
    told: dict[int, str] = {}
    for step in range(_STEPS):
        told[step % 1000] = str(step)


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
