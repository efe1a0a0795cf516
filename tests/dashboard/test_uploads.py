"""No upload outlives its use: not the job, not the server, and not the server that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dashboard import uploads
from tests.browser.conftest import free_port
from tests.dashboard.rows import fill
from tests.patience import PATIENCE, until

ROOT = Path(__file__).parents[2]
OLD = time.time() - 3600
SERVER = """
import threading, time
import streamlit as st
from dashboard import uploads
from dashboard.start import lifespan

def hold():
    with uploads.folder() as folder:
        (folder / "upload.txt").write_text("secret")
        time.sleep(3600)

threading.Thread(target=hold, daemon=True).start()
app = st.App("page.py", lifespan=lifespan)
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def aged(path: Path) -> Path:
    os.utime(path, (OLD, OLD))
    return path


def test_a_folder_goes_with_its_use_whatever_ends_it(temporary: Path) -> None:
    with pytest.raises(KeyError), uploads.folder() as folder:
        (folder / "upload.txt").write_text("secret")
        assert left(temporary) == [folder.name]
        raise KeyError
    assert left(temporary) == []


def test_at_the_end_of_the_server_folders_in_use_go_too(temporary: Path) -> None:
    with uploads.folder() as folder:
        (folder / "upload.txt").write_text("secret")
        uploads.clear()
        assert left(temporary) == []


def test_what_killed_servers_left_is_swept_and_nothing_else(temporary: Path) -> None:
    for name in ("claim-atlas-old", "claim-atlas-killed", "claim-atlas-new", "other"):
        (temporary / name).mkdir()
        (temporary / name / "upload.txt").write_text("secret")
    (temporary / "claim-atlas-killed" / ".held").touch()
    (temporary / "claim-atlas-link").symlink_to(temporary / "other")
    for name in ("claim-atlas-old", "claim-atlas-killed", "other"):
        aged(temporary / name)
    with uploads.folder() as mine:
        aged(mine)
        uploads.sweep()
        assert left(temporary) == sorted(["claim-atlas-link", "claim-atlas-new", mine.name, "other"])
    assert left(temporary / "other") == ["upload.txt"]


def test_the_lock_of_another_process_holds_as_long_as_it_lives(temporary: Path) -> None:
    hold = f"import tempfile, time; tempfile.tempdir = {str(temporary)!r}\n"
    hold += "from dashboard import uploads\nwith uploads.folder() as f: print(f, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", hold], cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        folder = aged(Path(other.stdout.readline().strip()))
        uploads.sweep()
        assert folder.exists()
        other.kill()
    uploads.sweep()
    assert left(temporary) == []


@pytest.fixture
def server(tmp_path: Path, temporary: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """A server that is reading an upload."""
    (tmp_path / "server.py").write_text(SERVER)
    (tmp_path / "page.py").write_text("")
    store = fill(tmp_path / "claims.duckdb")
    running: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "streamlit", "run", "server.py", "--server.headless", "true", "--server.port"]
        env = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "TMPDIR": str(temporary), "HOME": str(tmp_path)}
        with (tmp_path / "log").open("wb") as log:
            running.append(
                subprocess.Popen(
                    [*command, str(free_port())], cwd=tmp_path, env={**env, "CLAIM_ATLAS_STORE": str(store)},
                    stdout=log, stderr=log,
                )
            )  # fmt: skip
        until(lambda: any(temporary.glob("claim-atlas-*/upload.txt")) and b"http://" in (tmp_path / "log").read_bytes())
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_ends_while_it_reads_an_upload_leaves_none(
    temporary: Path, server: Callable[[], subprocess.Popen[bytes]], how: signal.Signals
) -> None:
    process = server()
    process.send_signal(how)
    process.wait(PATIENCE)
    assert left(temporary) == []
