"""Feeds and web archives: every report in them is found, and one that is none is named."""

from __future__ import annotations

import contextlib
import gzip
import io
import random
import time
import zlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from errors import ClaimAtlasError
from extract.model import Report
from extract.reading import ReadingError, SetAside, read
from extract.reading.feed import entries_of, is_feed

STORY = "The council of the valley met on Monday to hear what the boatmen had seen — and “nobody” spoke."
GERMAN = "Der Rat des Tales trat am Montag zusammen, um zu hören, was die Schiffer an der Mündung gesehen hatten."

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Valley &amp; Coast</title><link>https://valley.example/</link>
<item><title>Barges &lt;b&gt;at&lt;/b&gt; the river</title><link>https://valley.example/1</link>
  <pubDate>Mon, 12 Apr 2021 23:30:00 -0500</pubDate><description>A summary.</description>
  <content:encoded><![CDATA[<p>{STORY}</p><script>evil()</script><p>More than 300 barges.</p>]]></content:encoded>
</item>
<item><title>Only a summary</title><link>/2</link><description>In short.</description><pubDate>soon</pubDate></item>
<item><title>German</title><link>javascript:alert(1)</link><content:encoded>{GERMAN}</content:encoded></item>
</channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Valley</title>
<entry><title>Barges</title><link href="https://valley.example/1"/><published>2021-04-12T23:30:00-05:00</published>
<updated>2021-04-20T00:00:00Z</updated><content type="html">&lt;p&gt;{STORY}&lt;/p&gt;</content></entry>
<entry><title>Updated only</title><updated>2021-04-20T00:00:00Z</updated><content>{STORY}</content></entry></feed>"""


def put(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# -- feeds --------------------------------------------------------------------------------------------------------


def test_a_saved_feed_gives_the_reports_it_carries_in_full(tmp_path: Path) -> None:
    full, short, german = read(put(tmp_path, "f.rss", RSS))
    assert isinstance(full, Report)
    assert full.text == f"{STORY}\n\nMore than 300 barges."
    assert (full.title, full.outlet, full.url) == ("Barges at the river", "Valley & Coast", "https://valley.example/1")
    assert full.published == date(2021, 4, 12)
    assert isinstance(short, SetAside)
    assert "no more than a summary" in short.reason
    assert short.where.endswith("f.rss, entry 2")
    assert isinstance(german, SetAside)
    assert "German" in german.reason


def test_atom_is_read_and_a_date_of_change_is_no_date_of_publication(tmp_path: Path) -> None:
    first, second = read(put(tmp_path, "f.atom", ATOM))
    assert isinstance(first, Report)
    assert (first.text, first.published) == (STORY, date(2021, 4, 12))
    assert isinstance(second, Report)
    assert second.published is None


def test_addresses_are_read_against_that_of_the_feed_and_others_than_of_the_web_dropped() -> None:
    entries = entries_of(RSS.encode(), "f", base="https://valley.example/feed/all.rss")
    assert [entry.url for entry in entries] == ["https://valley.example/1", "https://valley.example/2", None]


def test_a_wrong_charset_garbles_nothing() -> None:
    wrong = RSS.replace('encoding="UTF-8"', 'encoding="iso-8859-1"')
    assert "— and “nobody” spoke" in (entries_of(wrong.encode(), "f")[0].markup or "")
    right = RSS.replace('encoding="UTF-8"', 'encoding="windows-1252"').encode("cp1252")
    assert "— and “nobody” spoke" in (entries_of(right, "f")[0].markup or "")
    with pytest.raises(ReadingError, match="byte"):
        entries_of(RSS.encode("cp1252"), "f")


def test_a_feed_is_told_from_a_page() -> None:
    assert is_feed(RSS.encode())
    assert is_feed(ATOM.encode())
    assert not is_feed(b"<!DOCTYPE html><html><body><feed></feed>")
    assert not is_feed(b"a feedback")


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("<html><body>x</body></html>", "not an RSS"),
        ("{}", "not an RSS"),
        (f"<!DOCTYPE rss [<!ENTITY l0 'ha'>{LAUGHS}]><rss><channel><item><title>&l11;</title></item></channel></rss>",
         "entities"),
        ("<!DOCTYPE rss [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><rss><channel/></rss>", "entities"),
    ],
)  # fmt: skip
def test_what_is_no_feed_has_its_reason(tmp_path: Path, raw: str, words: str) -> None:
    with pytest.raises(ReadingError, match=words):
        list(read(put(tmp_path, "f.rss", raw)))


@pytest.mark.parametrize(
    "raw",
    [
        RSS[:700],
        "<rss><channel>" + "<item>" * 50_000,
        "<rss><channel>" + "<item><title>x</title></item>" * 20_000 + "</channel></rss>",
        "<rss><channel><item><description>" + "<![CDATA[" * 20_000,
        "<rss><channel><item><link>" + "x" * 2_000_000 + "</link></item></channel></rss>",
        "<rss " + " ".join(f"a{i}='x'" for i in range(20_000)) + "><channel/></rss>",
        "<rss><channel><item><pubDate>" + "9" * 90 + "</pubDate><title>\x00\x01</title></item></channel></rss>",
    ],
    ids=["cut", "unclosed", "many", "sections", "address", "attributes", "numbers"],
)
def test_a_hostile_feed_is_read_or_refused_in_time(tmp_path: Path, raw: str) -> None:
    start = time.process_time()
    with contextlib.suppress(ReadingError):
        assert len(list(read(put(tmp_path, "f.rss", raw)))) <= 500
    assert time.process_time() - start < 15


# -- archives -----------------------------------------------------------------------------------------------------

PAGE = f"<html><body><nav>Home</nav><article><p>{STORY}</p><p>{STORY} Again.</p><p>{STORY} So.</p></article></body>"


def archive(
    pages: Iterable[tuple[str, bytes, dict[str, str]]], *, packed: bool = True, status: str = "200 OK"
) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for url, body, headers in pages:
        http = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=http))
    return out.getvalue()


HTML = {"Content-Type": "text/html; charset=windows-1252"}
WHOLE = archive(
    [
        ("https://valley.example/1", PAGE.encode("cp1252"), HTML),
        ("https://valley.example/a.png", b"\x89PNG" * 9, {"Content-Type": "image/png"}),
        ("https://valley.example/menu", b"<html><body><nav>Home</nav></body></html>", HTML),
        ("https://valley.example/2", gzip.compress(PAGE.encode()), {**HTML, "Content-Encoding": "gzip"}),
    ]
)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_every_page_of_an_archive_is_a_report(tmp_path: Path, name: str) -> None:
    raw = WHOLE if name.endswith("gz") else gzip.decompress(WHOLE)
    first, menu, second = read(put(tmp_path, name, raw))
    assert isinstance(first, Report)
    assert "— and “nobody” spoke" in first.text
    assert "Home" not in first.text
    assert (first.url, first.published) == ("https://valley.example/1", None)
    assert isinstance(menu, SetAside)
    assert "record 4 (https://valley.example/menu)" in menu.where
    assert isinstance(second, Report)
    assert second.url == "https://valley.example/2"


def test_answers_that_are_no_pages_are_passed_over(tmp_path: Path) -> None:
    raw = archive([("https://valley.example/1", PAGE.encode(), HTML)], status="404 Not Found")
    assert list(read(put(tmp_path, "a.warc.gz", raw))) == []


def test_an_archive_is_streamed(tmp_path: Path) -> None:
    picture = ("https://valley.example/a.png", random.Random(1).randbytes(100_000), {"Content-Type": "image/png"})
    raw = archive([("https://valley.example/1", PAGE.encode(), HTML), picture])
    path = put(tmp_path, "a.warc.gz", raw + b"\x1f\x8b damaged from here on")
    found = read(path)
    assert isinstance(next(found), Report)
    with pytest.raises(ReadingError, match=r"a\.warc\.gz, record \d+: the archive is damaged here"):
        list(found)


def test_a_page_that_unpacks_without_end_is_set_aside(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<p>" * 30_000_000)
    raw = archive([("https://valley.example/1", bomb, {**HTML, "Content-Encoding": "gzip"})])
    (item,) = read(put(tmp_path, "a.warc.gz", raw))
    assert isinstance(item, SetAside)
    assert "longer than" in item.reason


def test_a_header_without_an_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    packer = zlib.compressobj(wbits=31)
    raw = packer.compress(b"WARC/1.0\r\nX: ") + b"".join(packer.compress(b"x" * 10**7) for _ in range(60))
    with pytest.raises(ReadingError, match="does not end"):
        list(read(put(tmp_path, "a.warc.gz", raw + packer.flush())))


def test_a_long_record_that_is_no_page_is_passed_over(tmp_path: Path) -> None:
    film = ("https://valley.example/film", b"\0" * 20_000_000, {"Content-Type": "video/mp4"})
    raw = archive([film, ("https://valley.example/1", PAGE.encode(), HTML)])
    (item,) = read(put(tmp_path, "a.warc.gz", raw))
    assert isinstance(item, Report)


@pytest.mark.parametrize(
    "raw",
    [b"WARC/1.0\r\n", b"WARC/1.0\r\nContent-Length: x\r\n\r\n", b"WARC/9\r\n\r\n", b"filedesc://a.arc 0 2021 t 1\n",
     gzip.compress(gzip.compress(b"WARC/1.0\r\n" * 9)), gzip.compress(b"WARC/1.0\r\n" * 99_999), b"\x1f\x8b"],
    ids=["a first line", "no length", "another version", "an older format", "packed twice", "packed", "two bytes"],
)  # fmt: skip
def test_what_is_no_archive_is_no_crash(tmp_path: Path, raw: bytes) -> None:
    try:
        assert list(read(put(tmp_path, "a.warc.gz", raw))) == []
    except ReadingError as error:
        assert "archive" in str(error)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([("f.rss", RSS.encode()), ("f.atom", ATOM.encode()), ("a.warc.gz", WHOLE),
                        ("a.warc", gzip.decompress(WHOLE))]),
       st.integers(0, 2_500), st.binary(max_size=12), st.integers(0, 30))  # fmt: skip
def test_a_damaged_file_is_read_or_refused(
    tmp_path: Path, whole: tuple[str, bytes], at: int, junk: bytes, gone: int
) -> None:
    name, raw = whole
    try:
        found = list(read(put(tmp_path, name, raw[:at] + junk + raw[at + gone :])))
    except ClaimAtlasError:
        return
    assert all(item.text.strip() for item in found if isinstance(item, Report))
