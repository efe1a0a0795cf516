"""How long browsers may keep what they are sent, and what they are told they will need."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit import file_util

from dashboard import libraries
from dashboard.delivery import FOREVER, Advice, Unpacked, frame_needs

FRAME = "/component/streamlit_folium.st_folium/index.html"
HTML = [(b"content-type", b"text/html; charset=utf-8")]
ADDRESS = re.compile("<([^>]+)>")


def answered(
    path: str, query: str = "", *, client: str = "127.0.0.1", status: int = 200, headers: list | None = None
) -> tuple[dict[str, str], list[str]]:
    """Headers of the answer to a request, and names of the headers that the request came with to the server."""
    seen: list[str] = []
    sent: list[dict] = []

    async def app(scope, receive, send):
        seen.extend(name.decode() for name, _ in scope["headers"])
        await send({"type": "http.response.start", "status": status, "headers": list(headers or [])})

    async def send(message):
        sent.append(message)

    asked = [(b"accept-encoding", b"gzip"), (b"accept", b"*/*")]
    scope = {
        "type": "http", "path": path, "query_string": query.encode(), "client": (client, 1), "headers": asked,
    }  # fmt: skip
    # In a thread of its own: a browser that an earlier test started keeps a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, Unpacked(Advice(app))(scope, None, send)).result()
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}, seen


@pytest.mark.parametrize("address", libraries.scripts())
def test_the_maps_own_scripts_are_kept_for_good(address: str) -> None:
    path, _, query = address.partition("?")
    assert answered(path.replace("..", "/component", 1), query)[0]["cache-control"] == FOREVER


def test_what_a_component_built_under_a_name_of_its_content_is_kept_for_good() -> None:
    folder = "/base/component/streamlit_folium.st_folium"
    assert answered(f"{folder}/static/js/main.521860b0.js")[0]["cache-control"] == FOREVER
    assert "cache-control" not in answered(f"{folder}/bootstrap.min.css")[0]


def test_a_file_without_its_version_and_a_failure_are_not_kept() -> None:
    assert "cache-control" not in answered("/component/dashboard.libraries.frontend/map.js")[0]
    assert "cache-control" not in answered("/component/x/main.521860b0.js", status=404)[0]
    assert "cache-control" not in answered("/media/abc", "v=1")[0]


def test_another_content_has_another_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "map.js").write_text("1")
    before = next(address for address in libraries.scripts() if "/map.js" in address)
    monkeypatch.setitem(libraries.FOLDERS, "frontend", tmp_path)
    after = libraries.address.__wrapped__("frontend", "map.js")
    assert before.partition("?")[0] == after.partition("?")[0]
    assert before != after


def test_the_frame_is_told_of_all_scripts_of_the_map() -> None:
    assert answered(FRAME, "streamlitUrl=x", headers=HTML)[0]["link"] == frame_needs()
    assert tuple(ADDRESS.findall(frame_needs())) == libraries.scripts()


def test_the_page_is_told_of_parts_that_exist_and_that_it_does_not_name_itself() -> None:
    folder = Path(file_util.get_static_dir())
    page = (folder / "index.html").read_text("utf-8")
    told = ADDRESS.findall(answered("/", headers=HTML)[0]["link"])
    assert any("ComponentInstance" in address for address in told)
    assert all((folder / address).is_file() and address not in page for address in told)
    assert not any(urlsplit(address).netloc for address in told)


def test_only_pages_are_told() -> None:
    assert "link" not in answered("/static/js/index.js", headers=[(b"content-type", b"text/javascript")])[0]
    assert "link" not in answered("/component/other.one/index.html", headers=HTML)[0]


def test_nothing_is_packed_that_stays_on_this_machine() -> None:
    assert answered("/")[1] == ["accept"]
    assert answered("/", client="::1")[1] == ["accept"]
    assert answered("/", client="192.0.2.7")[1] == ["accept-encoding", "accept"]
