"""Playing through time in a real browser: the marks change, the map's frame and view do not."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import TimeoutError, expect

from tests.browser.conftest import MAP, Visit, Visiting

pytestmark = pytest.mark.browser

WATCH = """() => {
    window.shown = [];
    const words = (name) => document.querySelector(name)?.innerText ?? "";
    const watcher = new MutationObserver(() => shown.push(`${words(".ca-left")} ${words(".st-key-ca-play")}`));
    watcher.observe(document.body, {subtree: true, childList: true, characterData: true});
}"""
"""Keeps what is shown while it plays: a machine that is busy may look for it when it is over."""

LOSE_ONE = """(() => {
    const send = WebSocket.prototype.send;
    window.lost = 0;
    WebSocket.prototype.send = function (message) {
        const isBeat = new TextDecoder().decode(message).includes('"beat"');
        if (isBeat && !window.lost++) return;
        send.call(this, message);
    };
})()"""
"""Loses the first question for a step on its way."""


def wait(here: Visit, condition: str) -> None:
    """Wait until it holds of what was shown; that is told when it does not."""
    try:
        here.page.wait_for_function(f"() => {condition}")
    except TimeoutError:
        pytest.fail(
            f"{condition} never came to be. Shown were, in this order: {here.page.evaluate('[...new Set(shown)]')}"
        )


def test_it_plays_to_the_last_day_in_the_same_frame_with_one_entry_in_the_history(visit: Visiting) -> None:
    here = visit().go("/?since=2021-04-14")
    here.settled()
    here.page.evaluate(f"document.querySelector('{MAP}').dataset.same = 'yes'")
    entries = here.page.evaluate("history.length")
    here.page.locator(".st-key-ca-pace").get_by_text("Fast").click()
    here.page.evaluate(WATCH)
    here.page.get_by_role("button", name="Play through time").click()
    wait(here, "shown.some((words) => words.includes('3 of 8 claims') && words.includes('Pause'))")
    here.picture("playing-1440-light")
    wait(here, "shown.at(-1).includes('6 of 8 claims') && shown.at(-1).includes('Play through')")
    expect(here.page.get_by_role("button", name="Play through time")).to_be_visible()
    assert here.page.locator(MAP).get_attribute("data-same") == "yes", "the frame was made anew"
    assert here.page.evaluate("history.length") <= entries + 1


def test_a_pause_stands_still_and_goes_into_the_address(visit: Visiting) -> None:
    here = visit().go()
    here.settled()
    here.page.get_by_role("button", name="Play through time").click()
    here.page.get_by_role("button", name="Pause").click()
    here.page.wait_for_url(re.compile("until="))
    here.settled()
    words = here.left().inner_text()
    here.page.wait_for_timeout(1500)
    assert here.left().inner_text() == words


def test_who_asked_for_less_motion_steps_by_hand(visit: Visiting) -> None:
    here = visit(reduced_motion="reduce").go()
    expect(here.page.get_by_role("button", name="Play through time")).to_be_hidden()
    here.page.get_by_role("button", name="Step back").click()
    expect(here.left()).to_contain_text("5 of 8 claims")


def test_a_step_that_is_lost_on_its_way_is_asked_for_again(visit: Visiting) -> None:
    here = visit()
    here.first_run(LOSE_ONE)
    here.go("/?since=2021-04-19").settled()
    here.page.get_by_role("button", name="Play through time").click()
    expect(here.page.get_by_role("button", name="Pause")).to_be_visible()
    expect(here.page.get_by_role("button", name="Play through time")).to_be_visible()
    assert here.page.evaluate("window.lost") > 1
    expect(here.left()).to_contain_text("3 of 8 claims")
