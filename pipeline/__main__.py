"""``python -m pipeline``: annotate reports, fill the store, load and clear the samples."""

from __future__ import annotations

import sys

from pipeline.command_line import main

if __name__ == "__main__":
    sys.exit(main())
