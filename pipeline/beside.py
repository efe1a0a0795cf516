"""Orders are taken in by a process of its own.

The language model keeps an interpreter busy, and hostile files may keep a parser busy; in a process beside it a server
goes on answering its readers, and what takes too long can be stopped. The process is given an order on its standard
input, and writes what becomes of it to its standard output, then None; a text says why it could not go on. Both ends
are this project's, so objects are sent as they are. Reports are annotated by a further process: when the system ends
that one, for want of memory say, the report it was reading is set aside and the others go on.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO, Final

from errors import ClaimAtlasError, Worded
from pipeline.crew import Apart
from pipeline.intake import Event, Order, take_in
from pipeline.run import Engine
from pipeline.settings import Settings

_ROOT: Final = Path(__file__).resolve().parent.parent
# Not "-m": a process that one with a main module starts imports that module, too, and this one needs far more than to
# read reports.
_RUN: Final = "import sys; from pipeline import beside; sys.exit(beside.main())"
_GIVE_WAY: Final = 5
"""Steps of niceness, as ``nice`` counts them: readers come first."""
_LONGEST_REASON: Final = 600


class BesideError(ClaimAtlasError, RuntimeError):
    """The process beside could not do its work, or was stopped from outside."""


class Beside:
    """An order on its way. Iterate over it for what becomes of it; :meth:`stop` may be called by any thread."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._process: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()
        self._stopped = False

    def __iter__(self) -> Iterator[Event]:
        """The events, until the order is done or stopped.

        :raises BesideError: when the process cannot go on.
        """
        with tempfile.TemporaryFile() as words:
            process = self._start(words)
            if process is None:
                return
            try:
                yield from _events(process, self._order)
            except (EOFError, BrokenPipeError, pickle.UnpicklingError) as error:
                if not self._stopped:
                    raise _broken(process, words) from error
            finally:
                _end(process)

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        with self._starting:
            self._stopped = True
            if self._process:
                self._process.kill()

    def _start(self, words: IO[bytes]) -> subprocess.Popen[bytes] | None:
        with self._starting:
            if self._stopped:
                return None
            command = [sys.executable, "-c", _RUN]
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=words
            )
            return self._process


def _events(process: subprocess.Popen[bytes], order: Order) -> Iterator[Event]:
    assert process.stdin and process.stdout  # noqa: S101 - both were asked for
    with process.stdin as pipe:
        pickle.dump(order, pipe)
    while (event := pickle.load(process.stdout)) is not None:  # noqa: S301 - written by our own process
        if isinstance(event, str):
            raise BesideError(event)
        yield event


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    if process.stdout:
        process.stdout.close()
    process.wait()


def _broken(process: subprocess.Popen[bytes], words: IO[bytes]) -> BesideError:
    code = process.wait()
    words.seek(0)
    last = words.read()[-_LONGEST_REASON:].decode("utf-8", "replace").strip().rpartition("\n")[2]
    problem = last or Worded("the process ended with code {code}", code=code)
    return BesideError("Reading broke off ({problem}). Try again with fewer or other files.", problem=problem)


def main() -> int:
    """Take in the order on standard input."""
    if hasattr(os, "nice"):
        os.nice(_GIVE_WAY)
    # Whatever a library prints must not get among the events.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    order = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by the server that started this process
    try:
        for event in take_in(order, lambda: Apart(partial(Engine.load, Settings.from_env()))):
            _send(out, event)
        _send(out, None)
    except ClaimAtlasError as problem:
        _send(out, str(problem))
    except BrokenPipeError:
        return 1  # nobody waits for the answer any longer
    return 0


def _send(out: IO[bytes], event: Event | str | None) -> None:
    pickle.dump(event, out)
    out.flush()
