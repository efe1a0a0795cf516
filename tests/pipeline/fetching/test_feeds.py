"""Feeds on the web: every entry leads to its report, and one that cannot be had does not stop the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from extract.model import Report
from pipeline.batch import Rejected
from pipeline.fetching.pages import reports_at
from tests.pipeline.fetching.server import World, answer, redirect, world

STORY = "The council of the valley met on Monday to hear what the boatmen had seen at the mouth of the river."
PAGE = f"<html><body><article><p>{STORY}</p><p>{STORY} Again.</p><p>{STORY} So.</p></article></body></html>".encode()


@pytest.fixture
def net() -> Iterator[World]:
    with world() as here:
        yield here


def feed(*links: str) -> bytes:
    items = "".join(
        f"<item><title>Story {link}</title><link>{link}</link><pubDate>Mon, 12 Apr 2021 08:00:00 GMT</pubDate></item>"
        for link in links
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Valley</title>{items}</channel></rss>".encode()


@pytest.mark.parametrize("kind", ["application/rss+xml", "text/xml", "text/html", "application/octet-stream"])
def test_the_reports_of_a_feed_are_those_of_its_entries(net: World, kind: str) -> None:
    net.pages["news.example/feed"] = answer(feed("/1", "http://news.example/2"), kind=kind)
    net.pages["news.example/1"] = net.pages["news.example/2"] = answer(PAGE)
    first, second = reports_at("http://news.example/feed", net.fetcher())
    assert isinstance(first, Report)
    assert (first.url, first.title, first.outlet) == ("http://news.example/1", "Story /1", "Valley")
    assert first.published == date(2021, 4, 12)
    assert isinstance(second, Report)


def test_an_entry_that_leads_inside_or_nowhere_is_set_aside_and_the_rest_goes_on(net: World) -> None:
    links = ("http://127.0.0.1/", "file:///etc/passwd", "/gone", "/away", "/feed", "/1")
    net.pages["news.example/feed"] = answer(feed(*links))
    net.pages["news.example/away"] = redirect("http://169.254.169.254/")
    net.pages["news.example/1"] = answer(PAGE)
    *bad, good = reports_at("http://news.example/feed", net.fetcher())
    assert isinstance(good, Report)
    assert len(bad) == 5
    reasons = [item.reason for item in bad if isinstance(item, Rejected)]
    for reason, words in zip(reasons, ("public", "summary", "404", "public", "a feed"), strict=True):
        assert words in reason


def test_a_feed_that_is_damaged_is_set_aside(net: World) -> None:
    net.pages["news.example/feed"] = answer(b"<rss>\x00", kind="application/rss+xml")
    (item,) = reports_at("http://news.example/feed", net.fetcher())
    assert isinstance(item, Rejected)
