"""The interface in the reader's language: the browser's, or the one chosen at the foot of the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MAP, Visit, Visiting, serving
from tests.browser.every_page import opened
from tests.dashboard.rows import fill

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


ENGLISH = re.compile(
    r"\b(Open|Choose|Remove|Clear|Select|Search:|Download as|Fullscreen|Help for|Previous|Next|Press|Upload|Drag|"
    r"per file|No results|Skip to|App pages|Main menu|start$|end$|Shortcut|Dismiss|options available|Increment|yyyy)\b"
)
OWN_WORDS = """() => {
    const others = "[lang=en], [data-testid=stHtml], canvas, iframe";
    const shown = (node) => node.closest("[data-testid]") && !node.closest(others);
    const words = [];
    for (const name of ["aria-label", "title", "placeholder"]) {
        for (const element of document.querySelectorAll(`[${name}]`)) {
            if (shown(element)) words.push(element.getAttribute(name));
        }
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) if (shown(texts.currentNode.parentElement)) words.push(texts.currentNode.nodeValue);
    return words;
}"""
"""Texts and names of all that is no block of words of the page's own, and no word of a report."""


def english_words(here: Visit) -> list[str]:
    return sorted({words for words in here.page.evaluate(OWN_WORDS) if ENGLISH.search(words)})


def test_what_the_widgets_say_by_themselves_is_french_and_english_again(visit: Visiting) -> None:
    here = opened(visit(locale="fr-FR"), "/add")
    here.page.get_by_role("button", name="Choisir une date").click()
    expect(here.page.get_by_role("button", name="Mois précédent")).to_be_attached()
    assert english_words(here) == []
    here.page.keyboard.press("Escape")
    here.page.get_by_role("tab", name="Fichiers").click()
    expect(here.page.get_by_text("50MB par fichier")).to_be_visible()
    here.page.get_by_role("tab").nth(2).click()
    here.page.get_by_label("Adresse d’une page").press_sequentially("x")
    expect(here.page.get_by_text("Entrée pour appliquer")).to_be_visible()
    assert english_words(here) == []
    here.page.get_by_role("radio", name="English").click()
    expect(here.page.get_by_role("button", name="Choose date")).to_be_visible()
    here.page.get_by_role("tab").nth(1).click()
    expect(here.page.get_by_text("50MB per file")).to_be_visible()


def test_what_a_list_and_a_table_say_by_themselves_is_french(visit: Visiting) -> None:
    here = opened(visit(locale="fr-FR"), "/")
    here.page.get_by_role("combobox", name="Camp", exact=True).press_sequentially("zzz")
    expect(here.page.get_by_text("Rien de tel")).to_be_visible()
    assert english_words(here) == []
    here.page.get_by_role("combobox", name="Camp", exact=True).press("Escape")
    here.choose("Camp", "Norland")
    expect(here.page.get_by_role("button", name=re.compile("^Retirer Norland"))).to_be_attached()
    expect(here.page.get_by_role("button", name=re.compile("^Plein écran : "))).to_be_attached()
    assert english_words(here) == []


def test_when_the_server_is_gone_the_reader_is_told_so_and_what_to_do(visit: Visiting, tmp_path: Path) -> None:
    with serving(fill(tmp_path / "claims.duckdb"), tmp_path / "server.log") as url:
        here = opened(visit(server=url, locale="fr-FR"), "/about")
    expect(here.page.get_by_role("dialog")).to_contain_text("Le serveur de cette page ne répond pas.")
    expect(here.page.get_by_role("dialog")).to_contain_text("make run")
    assert english_words(here) == []


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
