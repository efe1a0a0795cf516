"""Web pages: the story comes out without what stands around it, and only what the page states is believed."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errors import ClaimAtlasError
from extract.model import Report
from extract.reading import ReadingError, read
from extract.reading.page import page_report

STORY = [
    "The council of the northern valley met on Monday to hear what the boatmen had seen at the mouth of the river.",
    "More than 300 barges had gathered there since the spring, said Orla Venn, who speaks for the harbour.",
    "“Nobody of us wished to speak first about the barges,” one of the boatmen said — and the others kept silent.",
    "The ministry of the coast denied that any of its guards had left the three forts above the river mouth.",
]
MENU = "<nav><ul>" + "".join(f"<li><a href='/{w}'>{w}</a></li>" for w in ("Home", "Sport", "Weather")) + "</ul></nav>"


def page(head: str = "", *, body: str | None = None, story: list[str] = STORY) -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    body = body if body is not None else f"{MENU}<article><h1>Barges</h1>{text}</article><footer>Imprint, jobs</footer>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def ld(**facts: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **facts}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def published(head: str, body: str | None = None) -> date | None:
    return page_report(page(head, body=body), "p.html").published


# -- the story ----------------------------------------------------------------------------------------------------


def test_the_story_is_read_and_the_menu_is_not(tmp_path: Path) -> None:
    (tmp_path / "saved.html").write_bytes(page())
    (report,) = read(tmp_path / "saved.html")
    assert isinstance(report, Report)
    assert report.id == "saved"
    assert all(paragraph in report.text.split("\n\n") for paragraph in STORY)
    assert not any(word in report.text for word in ("Sport", "Weather", "Imprint"))


def test_a_paragraph_that_the_page_repeats_is_kept_once() -> None:
    assert page_report(page(story=[*STORY, STORY[1]]), "p").text.count(STORY[1]) == 1


def test_scripts_never_become_text() -> None:
    text = page_report(
        page("<script>alert('x')</script>", story=[*STORY, "<script>evil()</script>End of it."]), "p"
    ).text
    assert "alert" not in text
    assert "evil" not in text


# -- what the page says of itself ---------------------------------------------------------------------------------


def test_title_outlet_and_address_are_those_the_page_states() -> None:
    head = ld(headline="Barges at the river", publisher={"@type": "Organization", "name": "Valley &amp; Coast"})
    head += meta("og:title", "Click here") + '<link rel="canonical" href="https://valley.example/barges">'
    report = page_report(page(head), "p")
    assert (report.title, report.outlet) == ("Barges at the river", "Valley & Coast")
    assert report.url == "https://valley.example/barges"


def test_the_address_it_was_found_at_counts_before_the_one_it_states() -> None:
    head = '<link rel="canonical" href="https://other.example/barges">'
    assert page_report(page(head), "p", url="https://valley.example/1").url == "https://valley.example/1"


def test_an_outlet_is_not_made_of_the_address() -> None:
    assert page_report(page(), "p", url="https://valley.example/1").outlet is None


@pytest.mark.parametrize(
    "head",
    [
        ld(datePublished="2021-04-12T23:30:00-05:00"),
        ld(datePublished="2021-04-12"),
        meta("article:published_time", "2021-04-12T08:00:00Z"),
        '<meta name="date" content="2021-04-12">',
        meta("article:published_time", "Mon, 12 Apr 2021 08:00:00 GMT"),
        meta("article:published_time", "20210412"),
        '<meta name="DC.date.issued" content="12 April 2021">',
        '<script type="application/ld+json">[{"@graph": [{"@type": ["Thing", "ReportageNewsArticle"], '
        '"datePublished": "2021-04-12"}]}]</script>',
    ],
)
def test_a_stated_date_of_publication_is_read_as_the_day_written(head: str) -> None:
    assert published(head) == date(2021, 4, 12)


def test_a_time_marked_as_publication_counts() -> None:
    body = (
        f"<article><time itemprop='datePublished' datetime='2021-04-12'>Monday</time><p>{'<p>'.join(STORY)}</article>"
    )
    assert published("", body) == date(2021, 4, 12)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", "<p>Published on 3 May 2019. " + "<p>".join(STORY)),
        ("", "<p>© 2019 Valley Press. " + "<p>".join(STORY)),
        (meta("article:modified_time", "2021-04-12"), None),
        ('<meta itemprop="copyrightYear" content="2019">', None),
        ('<link rel="canonical" href="https://valley.example/2019/05/03/barges">', None),
        ("", "<article><time datetime='2019-05-03'>a related story</time><p>" + "<p>".join(STORY)),
        (ld(hasPart=[{"@type": "NewsArticle", "datePublished": "2019-05-03"}]), None),
        (meta("article:published_time", "last Tuesday"), None),
        (meta("article:published_time", "2021-04-31"), None),
        (meta("article:published_time", "April 2021"), None),
        (meta("article:published_time", "04/05/2021"), None),
        (meta("article:published_time", "2 days ago"), None),
        (meta("article:published_time", "1066-10-14"), None),
    ],
    ids=[
        "text",
        "copyright",
        "change",
        "year",
        "address",
        "time",
        "listed story",
        "words",
        "no day",
        "month",
        "either way",
        "relative",
        "long ago",
    ],
)
def test_a_date_that_is_not_stated_as_publication_is_not_guessed(head: str, body: str | None) -> None:
    assert published(head, body) is None


def test_the_date_of_a_listed_story_is_not_that_of_the_page() -> None:
    head = (
        ld(datePublished="2021-04-12") + ld(datePublished="2019-05-03") + meta("article:published_time", "2019-05-03")
    )
    listed = '<script type="application/ld+json">{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", '
    assert published(listed + '"datePublished": "2018-01-01"}]}</script>' + head) == date(2021, 4, 12)


def test_a_page_rewritten_long_after_its_publication_has_no_date() -> None:
    assert published(ld(datePublished="2012-05-10", dateModified="2021-04-12")) is None
    assert published(ld(datePublished="2021-04-10", dateModified="2021-04-12")) == date(2021, 4, 10)


@pytest.mark.parametrize("junk", ["[" * 100_000, "{", "null", "7", '"a"', '{"@graph": 1}', '[{"@type": 3}]', "\ud7ff"])
def test_broken_metadata_does_no_harm(junk: str) -> None:
    head = f'<script type="application/ld+json">{junk}</script>' + meta("article:published_time", "2021-04-12")
    assert published(head) == date(2021, 4, 12)


# -- charsets -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("charset", ["windows-1252", "windows-1251", "koi8-u", "iso-8859-1", "shift_jis"])
def test_the_declared_charset_is_followed(charset: str) -> None:
    word = {"windows-1251": "Київ", "koi8-u": "Київ", "shift_jis": "東京"}.get(charset, "Älvdalen")
    html = page(f'<meta charset="{charset}">', story=[*STORY[:2], f"The last boat came from {word} in the evening."])
    raw = html.decode().encode(charset)
    assert f"from {word} in" in page_report(raw, "p").text
    bare = raw.replace(f'<meta charset="{charset}">'.encode(), b"")
    assert f"from {word} in" in page_report(bare, "p", charset=charset).text


@pytest.mark.parametrize("lie", ["iso-8859-1", "windows-1251", "utf-16", "rot13", "zlib", "idna", "x" * 30])
def test_utf_8_is_read_as_utf_8_whatever_it_is_declared_to_be(lie: str) -> None:
    assert "“Nobody" in page_report(page(f'<meta charset="{lie}">'), "p", charset=lie).text


@pytest.mark.parametrize(
    ("charset", "words"),
    [(None, "declares no charset"), ("utf-8", "byte"), ("shift_jis", "byte"), ("rot13", "unknown"), ("zlib", "unknown"),
     ("unicode_escape", "unknown"), ("punycode", "unknown"), ("", "declares no"), ("no\x00ne", "unknown")],
)  # fmt: skip
def test_bytes_that_are_not_what_they_are_declared_to_be_are_refused(charset: str | None, words: str) -> None:
    raw = page(story=[*STORY, "Älvdalen ÿ"]).decode().replace("“", '"').replace("”", '"').replace("—", "-")
    with pytest.raises(ReadingError, match=words):
        page_report(raw.encode("latin-1"), "p", charset=charset)


# -- hostile and broken -------------------------------------------------------------------------------------------

HOSTILE = {
    "nested": "<html><body>" + "<div>" * 50_000 + STORY[0],
    "nested inline": "<html><body>" + "<b><i>" * 25_000 + STORY[0],
    "tables": "<html><body>" + "<table><tr><td>" * 18_000 + STORY[0],
    "tags": "<html><body>" + "<p>x" * 200_000,
    "attributes": "<html><body " + " ".join(f"a{i}" for i in range(100_000)) + ">" + STORY[0],
    "attributes after a quote": "<html><body \" ' " + "/".join(f"a{i}='<'" for i in range(30_000)) + ">" + STORY[0],
    "unclosed": "<html><body>" + "<a href='" * 30_000,
    "metas": "<html><head>" + "<meta name='date' content='12 April perhaps'>" * 50_000 + STORY[0],
    "entities": "<html><body><p>" + "&amp;" * 1_000_000,
    "doctype": '<!DOCTYPE x [<!ENTITY a "aaaaaaaa">' + '<!ENTITY b "&a;&a;">' * 1_000 + "]><html><body><p>&b;</p>",
    "comment": "<html><!--" + "-" * 1_000_000,
    "no markup": STORY[0] * 2_000,
    "empty page": "<html><body></body></html>",
    "menu only": "<html><body>" + MENU,
    "cut short": page().decode()[:150],
    "control characters": "<html><body><p>\x01\x02\x1b" + STORY[0],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_page_takes_long_or_breaks_the_reader(name: str) -> None:
    start = time.process_time()
    try:
        text = page_report(HOSTILE[name].encode(), "p").text
    except ReadingError as error:
        assert str(error).startswith("p: ")
    else:
        assert text.strip()
        assert "\x1b" not in text
    assert time.process_time() - start < 15


def test_an_external_entity_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the hidden word")
    doctype = f'<!DOCTYPE html [<!ENTITY e SYSTEM "file://{secret}">]>'
    raw = page(story=[*STORY, "&e;"]).replace(b"<!DOCTYPE html>", doctype.encode())
    assert "the hidden word" not in page_report(raw, "p").text


def test_a_page_that_is_too_long_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    with (tmp_path / "huge.html").open("wb") as file:
        file.truncate(10 * 2**30)
    with pytest.raises(ReadingError, match="too long"):
        list(read(tmp_path / "huge.html"))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3000), st.binary(max_size=40))
def test_a_damaged_page_is_read_or_refused(at: int, junk: bytes) -> None:
    whole = page(ld(headline="Barges", datePublished="2021-04-12") + meta("og:site_name", "Valley"))
    try:
        report = page_report(whole[:at] + junk + whole[at + 20 :], "p")
    except ClaimAtlasError:
        return
    assert report.text.strip()
