"""A folder with a store of its own, and engines that find what a test tells them to."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import checkup, versions
from pipeline.command_line import main
from pipeline.run import Engine, Extracts
from store.records import ReadingRow
from tests.pipeline.commands.given import write
from tests.pipeline.fakes import FailingExtractor, FakeResolver, count, extraction, fake_engine

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLAIM_ATLAS_STORE", str(tmp_path / "store.duckdb"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def loads(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """How often the engine was loaded."""
    calls: list[object] = []

    def load(settings: object) -> Engine:
        calls.append(settings)
        return Engine(FailingExtractor(), FakeResolver())

    monkeypatch.setattr(Engine, "load", load)
    return calls


@pytest.fixture
def read_by(here: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let reports be read by an engine of this version from now on."""

    def use(version: str, extractor: Extracts | None = None) -> None:
        reading = ReadingRow(version, "g", "k")
        for module in (versions, checkup):
            monkeypatch.setattr(module, "current", lambda settings: reading)
        engine = Engine(extractor or FailingExtractor(), FakeResolver(), reading)
        monkeypatch.setattr(Engine, "load", lambda settings: engine)

    return use


@pytest.fixture
def one_claim(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = extraction(counts=(count(),))
    monkeypatch.setattr(Engine, "load", lambda settings: fake_engine(found))
    main(["ingest", write(here / "a.txt", found.report.text), "--outlet", "Desk"])


@pytest.fixture
def runs(here: Path) -> Callable[..., str]:
    """Run the program in a process of its own, through a shell in the test's folder; its standard error."""
    (here / "program.py").write_text(
        "import sys\nfrom pipeline.command_line import main\nfrom pipeline.run import Engine\n"
        "from tests.pipeline.fakes import fake_engine\n"
        "def load(settings):\n    return fake_engine()\n"
        "Engine.load = load\nif __name__ == '__main__':\n    sys.exit(main(sys.argv[1:]))\n"
    )

    def run(command: str) -> str:
        done = subprocess.run(
            f"{sys.executable} program.py {command}", shell=True, cwd=here,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.stderr

    return run
