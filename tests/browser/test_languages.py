"""The interface in the reader's language: the browser's, or the one chosen at the foot of the page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MAP, Visiting
from tests.browser.every_page import opened

pytestmark = pytest.mark.browser


def test_numbers_dates_and_the_map_follow_and_the_words_of_reports_stay(visit: Visiting) -> None:
    here = opened(visit(locale="fr-FR"), "/")
    expect(here.left()).to_have_text("8 affirmations au total, 5 lieux")
    card = here.page.locator(".st-key-ca-lists .ca-claim").filter(has_text="80,000 troops")
    expect(card).to_contain_text("80\u202f000, chiffre unique")
    expect(card).to_contain_text("14 avr. 2021")
    expect(card.locator(".ca-number")).to_have_attribute("lang", "en")
    expect(here.page.locator(MAP)).to_have_attribute("title", re.compile("^Carte des affirmations"))
    expect(here.map.get_by_role("button", name="Zoom avant")).to_be_visible()
    here.picture("map-french-1440-light")


def test_a_language_is_chosen_at_the_foot_goes_into_the_address_and_over_to_other_pages(visit: Visiting) -> None:
    here = opened(visit(locale="de-DE"), "/")
    expect(here.left()).to_have_text("All 8 claims at 5 places")
    here.page.get_by_role("radio", name="Français").click()
    expect(here.left()).to_have_text("8 affirmations au total, 5 lieux")
    expect(here.page.locator("html")).to_have_attribute("lang", "fr")
    here.settled()
    assert here.parameters() == {"lang": ["fr"]}
    here.left().scroll_into_view_if_needed()
    here.choose("Camp", "Norland")
    expect(here.left()).to_contain_text("1 sur 8 affirmations")
    here.settled()
    assert here.parameters() == {"side": ["Norland"], "lang": ["fr"]}
    here.page.get_by_role("link", name="À propos").first.click()
    expect(here.page.get_by_role("heading", name="Vie privée")).to_be_visible()
    again = opened(visit(locale="de-DE"), "/?side=Norland&lang=fr")
    expect(again.left()).to_contain_text("1 sur 8 affirmations")
