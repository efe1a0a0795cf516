"""Addresses: only public ones are asked, whatever name, redirect or answer leads elsewhere, and never for long."""

from __future__ import annotations

import gzip
import threading
import time
import zlib
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler
from itertools import chain, repeat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import ClaimAtlasError
from extract.model import Report
from pipeline.batch import Rejected
from pipeline.command_line import main
from pipeline.console import SOME_SET_ASIDE, USAGE
from pipeline.fetching import inputs
from pipeline.fetching.addresses import FetchError, is_public, is_url, target_of
from pipeline.fetching.inputs import reports_of
from pipeline.fetching.pages import reports_at
from pipeline.fetching.transport import system_resolve
from pipeline.run import Engine
from tests.patience import cost
from tests.pipeline.fakes import fake_engine
from tests.pipeline.fetching.server import PUBLIC, World, answer, redirect, world

STORY = (
    "<p>The council of the valley met on Monday to hear what the boatmen had seen — and “nobody” spoke.</p>"
    "<p>More than 300 barges had gathered there since the spring, said the speaker of the harbour.</p>"
)
PAGE = (
    '<html><head><meta property="article:published_time" content="2021-04-12"></head>'
    f"<body><nav>Home</nav><article><h1>Barges</h1>{STORY * 2}</article></body></html>"
).encode()


@pytest.fixture
def net() -> Iterator[World]:
    with world() as here:
        yield here


def one(net: World, url: str = "http://news.example/1", **limits: float) -> Report | Rejected:
    (item,) = reports_at(url, net.fetcher(**limits))
    return item


def reason(net: World, url: str = "http://news.example/1", **limits: float) -> str:
    item = one(net, url, **limits)
    assert isinstance(item, Rejected)
    return item.reason


# -- which addresses ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "0.0.0.0", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200",
     "10.0.0.1", "224.0.0.1", "255.255.255.255", "192.0.0.192", "168.63.129.16", "198.18.0.1", "240.0.0.1", "192.0.2.1",
     "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
     "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a9fe:a9fe::",
     "2001:db8::1", "2001:0:7f00:1::", "fec0::1", "words", "", "127.0.0.1%eth0"],
)  # fmt: skip
def test_an_address_off_the_public_internet_is_told(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::808:808"])
def test_a_public_address_is_told(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://news.example/", "gopher://news.example/", "javascript://x", "http://", "http:///x",
     "http://user@news.example/", "http://a:b@news.example/", "http://news.example:22/", "http://news.example:99999/",
     "http://news.example:x/", "http://[::1", "http://news.example/\r\nX: y", "http://news.example/ x", "http://a\\@b/",
     "http://[fe80::1%25eth0]/", "http://news.example/" + "x" * 3_000, "http://.../", "http://" + "ä" * 300 + "/",
     "http://\ud800.example/", "http://news.exa\u2100mple:80@x/"],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_never_asked(net: World, url: str) -> None:
    assert reason(net, url)
    assert not net.resolved
    assert not net.dialled


@given(st.text(max_size=40), st.sampled_from(["", "http://", "https://news.example/", "http://["]))
def test_any_text_is_an_address_or_refused(text: str, start: str) -> None:
    try:
        target = target_of(start + text)
    except ClaimAtlasError:
        return
    assert target.url.isascii()
    assert target_of(target.url) == target


def test_addresses_have_one_normal_form() -> None:
    assert target_of("HTTP://News.Example:80?q=ü#part").url == "http://news.example/?q=%C3%BC"
    assert target_of("https://bücher.example/a b".replace(" ", "%20")).url == "https://xn--bcher-kva.example/a%20b"


def test_files_are_told_from_addresses() -> None:
    assert is_url("https://a.example")
    assert is_url("FILE:///etc/passwd")
    assert not is_url("reports/a.txt")
    assert not is_url("C:\\reports")


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "[::1]", "[::ffff:127.0.0.1]", "2852039166",
     "169.254.169.254", "127.0.0.1."],
)  # fmt: skip
def test_this_machine_is_not_asked_in_any_notation(net: World, host: str) -> None:
    assert "public" in reason(net, f"http://{host}:{net.port}/")
    assert not net.dialled


def test_the_systems_resolver_reads_decimal_addresses_and_they_are_refused() -> None:
    assert system_resolve("2130706433", 80) == ("127.0.0.1",)


def test_a_name_of_this_machine_is_not_asked(net: World) -> None:
    net.hosts["inside.example"] = lambda: ["192.168.1.1"]
    assert "inside.example is 192.168.1.1" in reason(net, "http://inside.example/")
    assert not net.dialled


def test_a_host_with_one_private_address_among_public_ones_is_not_asked(net: World) -> None:
    net.hosts["mixed.example"] = lambda: [PUBLIC, "10.0.0.1"]
    assert "10.0.0.1" in reason(net, "http://mixed.example/")
    assert not net.dialled


def test_an_unknown_host_is_named(net: World) -> None:
    net.hosts["gone.example"] = lambda: []
    assert reason(net, "http://gone.example/") == "the host gone.example is not known."


def test_a_dns_answer_that_changes_changes_nothing(net: World) -> None:
    answers = chain([[PUBLIC], [PUBLIC]], repeat(["127.0.0.1"]))
    net.hosts["news.example"] = lambda: next(answers)
    net.pages["news.example/1"] = answer(PAGE)
    assert isinstance(one(net), Report)
    # One look-up for robots.txt and one for the page; each connection went to the address that was checked.
    assert net.resolved == ["news.example"] * 2
    assert net.dialled == [(PUBLIC, 80)] * 2
    assert "public" in reason(net)


# -- redirects ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_to_a_public_page(net: World, status: int) -> None:
    net.pages["news.example/1"] = redirect("/2?a=b", status)
    net.pages["news.example/2?a=b"] = redirect("//other.example/3", status)
    net.pages["other.example/3"] = answer(PAGE)
    item = one(net)
    assert isinstance(item, Report)
    assert item.url == "http://other.example/3"


@pytest.mark.parametrize(
    "to",
    ["http://127.0.0.1/", "http://2130706433/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/",
     "//localhost.example/", "file:///etc/passwd", "ftp://news.example/", "http://user:pw@news.example/", "http://[",
     "http://news.example:25/"],
)  # fmt: skip
def test_a_redirect_elsewhere_is_not_followed(net: World, to: str) -> None:
    net.hosts["localhost.example"] = lambda: ["127.0.0.1"]
    net.pages["news.example/1"] = redirect(to)
    assert reason(net)
    assert all(address == PUBLIC for address, _ in net.dialled)
    assert net.asked == ["news.example/robots.txt", "news.example/1"]


def test_robots_txt_cannot_lead_inside_either(net: World) -> None:
    net.pages["news.example/robots.txt"] = redirect("http://127.0.0.1/secret")
    assert "public" in reason(net)
    assert len(net.dialled) == 1


def test_redirects_come_to_an_end(net: World) -> None:
    net.pages["news.example/1"] = redirect("/1")
    assert "without an end" in reason(net)
    assert len(net.asked) < 10


# -- size and time ------------------------------------------------------------------------------------------------


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b"<p>" + b"more " * 10_000)


def test_an_endless_body_is_cut(net: World) -> None:
    net.pages["news.example/1"] = endless
    assert "longer than 1,000,000 bytes" in reason(net, most=1_000_000)


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_bomb_is_not_unpacked(net: World, coding: str) -> None:
    packed = (gzip.compress if coding == "gzip" else zlib.compress)(b"\0" * 200_000_000)
    assert len(packed) < 250_000
    net.pages["news.example/1"] = answer(packed, Content_Encoding=coding)
    reasons: list[str] = []
    assert cost(lambda: reasons.append(reason(net)), rounds=1) < 2
    assert "longer than" in reasons[0]


def test_a_packed_page_is_read(net: World) -> None:
    net.pages["news.example/1"] = answer(gzip.compress(PAGE), Content_Encoding="gzip")
    assert isinstance(one(net), Report)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (answer(PAGE, Content_Encoding="br"), "not asked for"),
        (answer(PAGE, Content_Encoding="gzip, gzip"), "not asked for"),
        (answer(PAGE, Content_Encoding="gzip"), "packed wrongly"),
        (answer(gzip.compress(PAGE)[:-30], Content_Encoding="gzip"), "breaks off"),
        (answer(PAGE, length=False, Content_Length="90000"), "breaks off"),
        (answer(PAGE, length=False, Transfer_Encoding="chunked"), "cannot be read"),
        (answer(b"\x89PNG", kind="image/png"), "this is image/png"),
        (answer(b"", status=404), "says 404). Open it in a browser"),
        (answer(b"", status=503), "says 503). Try again later"),
        (answer(PAGE, status=206), "says 206"),
        (answer(b"<html></html>"), "no story"),
        (lambda handler: handler.wfile.write(b"SSH-2.0-x\r\n" * 10), "cannot be read"),
        (lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500), "cannot be read"),
        (lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000), "cannot be read"),
        (lambda handler: None, "cannot be read"),
    ],
    ids=["br", "twice", "not packed", "cut gzip", "cut", "chunks", "picture", "404", "503", "206", "no story", "ssh",
         "headers", "long header", "silence"],
)  # fmt: skip
def test_each_wrong_answer_has_its_reason(net: World, page: object, words: str) -> None:
    net.pages["news.example/1"] = page  # type: ignore[assignment]
    assert words in reason(net)


@pytest.mark.parametrize("where", ["body", "header", "continue"])
def test_a_server_that_dribbles_is_cut_off(net: World, where: str) -> None:
    stop = threading.Event()

    def dribble(handler: BaseHTTPRequestHandler) -> None:
        if where != "continue":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX: ")
        if where == "body":
            handler.wfile.write(b"y\r\n\r\n" + PAGE)
        while not stop.wait(0.05):
            handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n" if where == "continue" else b" ")
            handler.wfile.flush()

    net.pages["news.example/1"] = dribble
    start = time.monotonic()
    try:
        assert "too long" in reason(net, seconds=1.0)
    finally:
        stop.set()
    assert time.monotonic() - start < 20, "it would go on for ever"


# -- what is found ------------------------------------------------------------------------------------------------


def test_a_page_is_a_report_with_its_address(net: World) -> None:
    net.pages["news.example/1"] = answer(PAGE)
    item = one(net)
    assert isinstance(item, Report)
    assert item.text.startswith("Barges") or item.text.startswith("The council")
    assert "Home" not in item.text
    assert (item.url, item.published) == ("http://news.example/1", date(2021, 4, 12))


def test_the_wrong_charset_of_a_server_garbles_nothing(net: World) -> None:
    net.pages["news.example/1"] = answer(PAGE, kind="text/html; charset=iso-8859-1")
    item = one(net)
    assert isinstance(item, Report)
    assert "— and “nobody” spoke" in item.text
    net.pages["news.example/1"] = answer(PAGE.decode().encode("cp1252"), kind="text/html; charset=utf-8")
    assert "byte" in reason(net)
    net.pages["news.example/1"] = answer(PAGE.decode().encode("cp1252"), kind="text/html; charset=windows-1252")
    item = one(net)
    assert isinstance(item, Report)
    assert "— and “nobody” spoke" in item.text


def test_a_plain_text_is_read_as_it_stands(net: World) -> None:
    net.pages["news.example/a.txt"] = answer(b"The boats\r\ncame home.", kind="text/plain")
    item = one(net, "http://news.example/a.txt")
    assert isinstance(item, Report)
    assert item.text == "The boats\r\ncame home."


def test_files_and_addresses_may_be_named_together(net: World, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("body\nThe boats came home.\n")
    net.pages["news.example/1"] = answer(PAGE)
    named = [str(path), "http://news.example/1", "http://127.0.0.1/"]
    first, second, third = reports_of(named, columns={"text": "body"}, fetcher=net.fetcher())
    assert isinstance(first, Report)
    assert first.text == "The boats came home."
    assert isinstance(second, Report)
    assert isinstance(third, Rejected)


# -- manners ------------------------------------------------------------------------------------------------------


def test_the_reader_says_who_it_is(net: World) -> None:
    net.pages["news.example/1"] = answer(PAGE)
    one(net)
    assert all(agent and agent.startswith("ClaimAtlas/") for agent in net.agents)


@pytest.mark.parametrize("name", ["*", "ClaimAtlas", "claimatlas"])
def test_robots_txt_is_obeyed(net: World, name: str) -> None:
    net.pages["news.example/robots.txt"] = answer(f"User-agent: {name}\nDisallow: /1".encode(), kind="text/plain")
    net.pages["news.example/1"] = net.pages["news.example/2"] = answer(PAGE)
    assert "robots.txt does not allow" in reason(net)
    assert "news.example/1" not in net.asked
    assert isinstance(one(net, "http://news.example/2"), Report)


def test_robots_txt_is_obeyed_where_a_redirect_leads(net: World) -> None:
    net.pages["other.example/robots.txt"] = answer(b"User-agent: *\nDisallow: /", kind="text/plain")
    net.pages["news.example/1"] = redirect("http://other.example/2")
    assert "robots.txt does not allow" in reason(net)
    assert "other.example/2" not in net.asked


def test_rules_that_cannot_be_read_allow_nothing_for_now(net: World) -> None:
    net.pages["news.example/robots.txt"] = answer(status=503)
    net.pages["news.example/1"] = answer(PAGE)
    with pytest.raises(FetchError, match="at the moment") as caught:
        net.fetcher().get("http://news.example/1")
    assert caught.value.temporary


@pytest.mark.parametrize(
    "junk", [b"\xff\xfe\x00", b"<html>" * 1_000, b"User-agent: *\n" * 100_000, b"Disallow: ***" * 500]
)
def test_rules_that_make_no_sense_do_no_harm(net: World, junk: bytes) -> None:
    net.pages["news.example/robots.txt"] = answer(junk, kind="text/plain")
    net.pages["news.example/1"] = answer(PAGE)
    assert isinstance(one(net), Report)


def test_a_host_is_asked_for_its_rules_once_and_for_pages_slowly(net: World) -> None:
    rules = b"User-agent: *\nCrawl-delay: 7"
    net.pages["slow.example/robots.txt"] = answer(rules, kind="text/plain")
    net.pages["slow.example/1"] = net.pages["slow.example/2"] = answer(PAGE)
    fetcher = net.fetcher()
    for number in (1, 2):
        fetcher.get(f"http://slow.example/{number}")
    assert net.asked.count("slow.example/robots.txt") == 1
    assert [round(pause) for pause in net.slept] == [7]


def test_the_command_line_reads_addresses_and_says_why_not(
    net: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLAIM_ATLAS_STORE", str(tmp_path / "store.duckdb"))
    monkeypatch.setattr(Engine, "load", lambda settings: fake_engine())
    monkeypatch.setattr(inputs, "Fetcher", net.fetcher)
    net.pages["news.example/1"] = answer(PAGE)
    assert main(["ingest", "http://news.example/1", "http://127.0.0.1/"]) == SOME_SET_ASIDE
    told = capsys.readouterr().err
    assert "1 report added" in told
    assert "set aside: http://127.0.0.1/: 127.0.0.1 is not on the public internet" in told


def test_a_mapping_of_columns_that_says_nothing_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["ingest", "a.csv", "--columns", "body"])
    assert caught.value.code == USAGE
    assert "text=body,published=date" in capsys.readouterr().err
