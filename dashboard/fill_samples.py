"""Read the sample reports into an empty store, in a process of its own: ``python -m dashboard.fill_samples``.

Reading loads the language model, which keeps an interpreter busy for seconds; in a process beside it the server goes
on answering the browser. The process gives way to the browser and the server, for a first map is waited for.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Final

from errors import ClaimAtlasError, DataError, Worded
from pipeline.settings import Settings

_ROOT: Final = Path(__file__).resolve().parent.parent
_GIVE_WAY: Final = 5
"""Steps of niceness, as ``nice`` counts them."""
_LONGEST_REASON: Final = 600


def run_beside() -> None:
    """Fill the store and wait for it, while other threads go on.

    :raises DataError: with the reason that the process gave.
    """
    command = [sys.executable, "-m", "dashboard.fill_samples"]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, check=False)  # noqa: S603 - our own module
    if done.returncode:
        raise DataError("The sample reports could not be read: {reason}", reason=_reason(done))


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    """What the process says in the form that can be translated; when it was ended from outside, its last words."""
    if done.stdout:
        return str(pickle.loads(done.stdout))  # noqa: S301 - written by our own process
    words = done.stderr.decode("utf-8", "replace").strip()[-_LONGEST_REASON:]
    return words or Worded("the process ended with code {code}", code=done.returncode)


def main() -> int:
    """Fill the store of the settings; 1 and the reason, pickled, on standard output when that is not possible."""
    if hasattr(os, "nice"):
        os.nice(_GIVE_WAY)
    # Whatever a library prints must not stand before the reason.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    from pipeline.samples import ensure_samples  # noqa: PLC0415 - give way before the imports, which cost most

    try:
        ensure_samples(Settings.from_env())
    except ClaimAtlasError as problem:
        pickle.dump(str(problem), out)
        out.flush()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
