"""Files to read, and what was printed of them."""

from __future__ import annotations

import json
from pathlib import Path


def write(path: Path, *rows: object) -> str:
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return str(path)


def annotated(output: str) -> list[str]:
    return [json.loads(line)["id"] for line in output.splitlines()]
