"""Watching: what is new is taken in once, what fails is tried again after growing pauses, and it ends cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from pipeline.batch import Rejected, Stored
from pipeline.command_line import main
from pipeline.commands import watch as command
from pipeline.console import INTERRUPTED, OK, SOME_SET_ASIDE, USAGE
from pipeline.run import Engine
from pipeline.watching import Agenda, Feed, Folder, Lookout, Pauses, Watch
from store.claims import ClaimStore
from tests.patience import PATIENCE
from tests.pipeline.fakes import FailingExtractor, FakeResolver, fake_engine
from tests.pipeline.fetching.server import World, answer, world

ROOT = Path(__file__).parents[2]
STORY = "The council of the valley met on Monday to hear what the boatmen had seen at the mouth of the river."
PAGE = f"<html><body><article><p>{STORY}</p><p>{STORY} Again.</p><p>{STORY} So.</p></article></body></html>".encode()


@dataclass
class Scene:
    """A watch with a clock that a test moves."""

    folder: Path
    now: float = 1_000.0
    told: list[Stored | Rejected] = field(default_factory=list)

    @property
    def store(self) -> Path:
        return self.folder.parent / "store.duckdb"

    def watch(self, *lookouts: Lookout) -> Watch:
        return Watch(
            lookouts or [Folder(self.folder)],
            partial(ClaimStore.open, self.store),
            lambda: Engine(FailingExtractor(), FakeResolver()),
            self.told.append,
            agenda=Agenda(Pauses(first=60, longest=400), clock=lambda: self.now),
        )

    def put(self, name: str, text: str, *, age: float = 60.0) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        os.utime(path, (time.time() - age, time.time() - age))
        return path

    def news(self) -> list[str]:
        """What was told since the last time: titles of reports added, reasons of failures."""
        told = [item.reason if isinstance(item, Rejected) else item.report.title or "" for item in self.told
                if isinstance(item, Rejected) or item.new]  # fmt: skip
        self.told.clear()
        return told


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    (tmp_path / "in").mkdir()
    return Scene(tmp_path / "in")


@pytest.fixture
def net() -> Iterator[World]:
    with world() as here:
        yield here


# -- folders ------------------------------------------------------------------------------------------------------


def test_new_files_are_taken_in_and_known_ones_left_alone(scene: Scene) -> None:
    watch = scene.watch()
    scene.put("a.txt", "One.")
    watch.look()
    assert scene.news() == ["a"]
    scene.put("b.txt", "Two.")
    watch.look()
    assert scene.news() == ["b"]
    watch.look()
    assert scene.told == []


def test_a_watch_that_is_started_again_adds_nothing_twice(scene: Scene) -> None:
    scene.put("a.txt", "One.")
    for _ in range(2):
        scene.watch().look()
    with ClaimStore.open(scene.store) as store:
        assert len(store.reports()) == 1


def test_a_file_that_is_still_being_written_is_waited_for(scene: Scene) -> None:
    watch = scene.watch()
    scene.put("a.txt", "On", age=0.1)
    watch.look()
    assert scene.news() == []
    scene.put("a.txt", "One.", age=10)
    watch.look()
    assert scene.news() == ["a"]


def test_a_file_that_changes_is_read_again(scene: Scene) -> None:
    watch = scene.watch()
    scene.put("a.txt", "")
    watch.look()
    assert scene.news() == ["there is no text in it."]
    scene.put("a.txt", "One.")
    watch.look()
    assert scene.news() == ["a"]


def test_what_fails_is_tried_again_after_growing_pauses_and_told_once(scene: Scene) -> None:
    path = scene.put("a.txt", "BAD")
    tries = []

    def read(inputs: list[str]) -> list[Rejected]:
        tries.append(scene.now - 1_000)
        return [Rejected(str(path), "it breaks")]

    watch = scene.watch(Folder(scene.folder, read=read))
    for _ in range(2_000):
        watch.look()
        scene.now += 1
    assert tries == [0, 60, 180, 420, 820, 1220, 1620]
    assert scene.news() == ["it breaks"]


def test_one_bad_report_does_not_keep_the_others_out(scene: Scene) -> None:
    scene.put("a.txt", "BAD")
    scene.put("b.txt", "One.")
    watch = scene.watch()
    watch.look()
    assert scene.news() == ["this report breaks", "b"]


def test_a_folder_that_vanishes_and_comes_back_is_watched_on(scene: Scene) -> None:
    watch = scene.watch()
    scene.folder.rmdir()
    watch.look()
    assert scene.news() == ["there is no such folder."]
    scene.folder.mkdir()
    scene.put("a.txt", "One.")
    watch.look()
    assert scene.news() == []
    scene.now += 60
    watch.look()
    assert scene.news() == ["a"]


def test_a_store_that_another_holds_is_tried_again(scene: Scene) -> None:
    scene.put("a.txt", "One.")
    watch = scene.watch()
    scene.store.write_bytes(b"no store at all" * 1_000)
    watch.look()
    assert len(scene.news()) == 1
    scene.store.unlink()
    watch.look()
    assert scene.news() == []
    scene.now += 60
    watch.look()
    assert scene.news() == ["a"]


def test_the_store_is_left_alone_while_there_is_nothing_to_add(scene: Scene) -> None:
    scene.watch().look()
    assert not scene.store.exists()


def test_the_next_look_is_when_something_is_due(scene: Scene) -> None:
    scene.put("a.txt", "BAD")
    watch = scene.watch()
    slept = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        scene.now += seconds
        if len(slept) == 4:
            raise KeyboardInterrupt

    watch.sleep = sleep
    with pytest.raises(KeyboardInterrupt):
        watch.run(100)
    assert slept == [60, 100, 20, 100]


def test_a_failed_file_that_is_taken_away_keeps_nobody_awake(scene: Scene) -> None:
    path = scene.put("a.txt", "BAD")
    watch = scene.watch()
    watch.look()
    path.unlink()
    scene.now += 100
    watch.look()
    assert watch.agenda.until_next() == float("inf")


def test_pauses_grow_to_their_limit_and_no_further() -> None:
    assert [Pauses().after(n) for n in (1, 2, 3, 10_000)] == [60, 120, 240, 21_600]


# -- feeds --------------------------------------------------------------------------------------------------------


def feed(*links: str) -> bytes:
    items = "".join(f"<item><title>{link}</title><link>{link}</link></item>" for link in links)
    return f"<rss version='2.0'><channel><title>Valley</title>{items}</channel></rss>".encode()


def test_new_entries_of_a_feed_are_taken_in(scene: Scene, net: World) -> None:
    net.pages["news.example/feed"] = answer(feed("/1"))
    net.pages["news.example/1"] = answer(PAGE)
    watching = Feed("http://news.example/feed", net.fetcher(), clock=lambda: scene.now)
    watch = scene.watch(watching)
    watch.look()
    assert scene.news() == ["/1"]
    net.pages["news.example/feed"] = answer(feed("/2", "/1"))
    net.pages["news.example/2"] = answer(PAGE.replace(b"river", b"stream"))
    watch.look()
    assert scene.news() == []
    scene.now += 300
    watch.look()
    assert scene.news() == ["/2"]
    assert net.asked.count("news.example/1") == 1


def test_entries_that_the_store_has_are_not_fetched_again(scene: Scene, net: World) -> None:
    net.pages["news.example/feed"] = answer(feed("/1"))
    net.pages["news.example/1"] = answer(PAGE)
    for _ in range(2):
        scene.watch(Feed("http://news.example/feed", net.fetcher())).look()
    assert net.asked.count("news.example/1") == 1


def test_an_entry_that_fails_is_tried_again_and_the_others_are_taken_in(scene: Scene, net: World) -> None:
    net.pages["news.example/feed"] = answer(feed("/gone", "/1"))
    net.pages["news.example/1"] = answer(PAGE)
    net.pages["news.example/gone"] = answer(status=503)
    watch = scene.watch(Feed("http://news.example/feed", net.fetcher(), clock=lambda: scene.now))
    watch.look()
    bad, good = scene.news()
    assert "503" in bad
    assert good == "/1"
    net.pages["news.example/gone"] = answer(PAGE.replace(b"river", b"stream"))
    watch.look()
    assert scene.news() == []
    scene.now += 60
    watch.look()
    assert scene.news() == ["/gone"]


def test_a_feed_that_is_down_is_tried_again_after_growing_pauses(scene: Scene, net: World) -> None:
    net.pages["news.example/feed"] = answer(status=500)
    watch = scene.watch(Feed("http://news.example/feed", net.fetcher(), every=10, clock=lambda: scene.now))
    for _ in range(300):
        watch.look()
        scene.now += 1
    assert net.asked.count("news.example/feed") == 3
    assert len(scene.news()) == 1
    net.pages["news.example/feed"] = answer(feed("/1"))
    net.pages["news.example/1"] = answer(PAGE)
    scene.now += 400
    watch.look()
    assert scene.news() == ["/1"]


def test_a_page_that_is_no_feed_is_named(scene: Scene, net: World) -> None:
    net.pages["news.example/feed"] = answer(PAGE)
    scene.watch(Feed("http://news.example/feed", net.fetcher())).look()
    assert scene.news() == ["this is not an RSS or Atom feed."]


# -- the command --------------------------------------------------------------------------------------------------


@pytest.fixture
def here(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setenv("CLAIM_ATLAS_STORE", str(scene.store))
    monkeypatch.setattr(Engine, "load", lambda settings: fake_engine())
    return scene


def test_the_command_looks_once_when_told_so(here: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    here.put("a.txt", "One.")
    assert main(["watch", str(here.folder), "--once", "--outlet", "Desk"]) == OK
    assert "added: a with 0 claims" in capsys.readouterr().err
    here.put("b.pdf", "no PDF")
    assert main(["watch", str(here.folder), "--once"]) == SOME_SET_ASIDE
    assert "set aside" in capsys.readouterr().err
    with ClaimStore.open(here.store) as store:
        assert list(store.reports()["outlet"]) == ["Desk"]


def test_the_command_reads_feeds(
    here: Scene, net: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "Fetcher", net.fetcher)
    net.pages["news.example/feed"] = answer(feed("/1"))
    net.pages["news.example/1"] = answer(PAGE)
    assert main(["watch", "http://news.example/feed", "--once"]) == OK
    assert "added: /1" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["nowhere"], [], [".", "--every", "0"], [".", "--every", "soon"]])
def test_wrong_usage_is_told(here: Scene, words: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["watch", *words])
    assert caught.value.code == USAGE


def test_an_interruption_ends_the_command_cleanly(here: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: Watch, every: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Watch, "run", interrupted)
    before = signal.getsignal(signal.SIGTERM)
    assert main(["watch", str(here.folder)]) == INTERRUPTED
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_program_without_a_traceback(scene: Scene, sent: signal.Signals) -> None:
    environment = {**os.environ, "CLAIM_ATLAS_STORE": str(scene.store)}
    arguments = [sys.executable, "-m", "pipeline", "watch", str(scene.folder)]
    # A shell lets what it starts in the background pass over Ctrl-C; the program of this test shall heed it even then.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(arguments, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, before)
    with process:
        assert process.stderr is not None
        assert "Watching" in process.stderr.readline()
        time.sleep(0.3)
        process.send_signal(sent)
        rest = process.stderr.read()
        assert process.wait(PATIENCE) == INTERRUPTED
    assert "Traceback" not in rest
    assert "Interrupted" in rest
