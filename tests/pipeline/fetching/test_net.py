"""The net has one door; what it takes to go through it is loaded when it is opened."""

from __future__ import annotations

import ast
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from extract.model import Report
from pipeline.batch import Rejected
from pipeline.fetching.client import Fetcher, Limits
from pipeline.fetching.pages import reports_at
from pipeline.fetching.transport import Network
from tests.patience import PATIENCE
from tests.pipeline.fetching.server import World, answer, world

ROOT = Path(__file__).parents[3]
NET = {"socket", "ssl", "http", "urllib.request", "requests", "httpx", "urllib3", "aiohttp", "ftplib", "smtplib"}
HEAVY = {"trafilatura", "htmldate", "lxml", "pypdf", "feedparser", "warcio", "protego", "py3langid", "dateparser"}
STORY = "<p>The council of the valley met on Monday to hear what the boatmen had seen at the mouth of the river.</p>"


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("room", ["extract", "store", "pipeline"])
def test_only_fetching_goes_to_the_net(room: str) -> None:
    for path in (ROOT / room).rglob("*.py"):
        if "fetching" not in path.parts:
            found = {name for name in imported(path) if name in NET or name.split(".")[0] in NET}
            assert not found, path


def test_what_reads_formats_is_not_loaded_before_a_format_is_read() -> None:
    code = "import sys, pipeline.command_line, pipeline.samples; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert not HEAVY & set(loaded.split())


# -- TLS ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def net() -> Iterator[World]:
    with world() as here:
        yield here


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    if not (openssl := shutil.which("openssl")):
        pytest.skip("needs openssl to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=news.example -addext subjectAltName=DNS:news.example"
    subprocess.run([openssl, *words.split(), "-keyout", key, "-out", certificate], capture_output=True, check=True)
    return certificate, key


def read(net: World, url: str, trusted: Path | None) -> Report | Rejected:
    tls = partial(ssl.create_default_context, cafile=str(trusted) if trusted else None)
    network = Network(resolve=net.resolve, connect=net.connect, sleep=net.slept.append, tls=tls)
    (item,) = reports_at(url, Fetcher(network, Limits(seconds=PATIENCE)))
    return item


def test_a_certificate_must_be_trusted_and_be_that_of_the_name_asked_for(
    net: World, certificate: tuple[Path, Path]
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    net.server.socket = context.wrap_socket(net.server.socket, server_side=True)
    page = answer(f"<html><body><article>{STORY * 2}</article></body></html>".encode())
    net.pages["news.example/1"] = net.pages["other.example/1"] = page
    assert isinstance(read(net, "https://news.example/1", certificate[0]), Report)
    for url, trusted in (("https://news.example/1", None), ("https://other.example/1", certificate[0])):
        refused = read(net, url, trusted)
        assert isinstance(refused, Rejected)
        assert "certificate" in refused.reason
    assert "other.example/1" not in net.asked
