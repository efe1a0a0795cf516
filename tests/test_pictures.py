"""The page of pictures shows pages of the dashboard, by pictures that the script takes and that are small."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from PIL import Image

from dashboard.navigation import PAGES
from tests.browser.pictures import FOLDER, LARGEST, PICTURES, small

PAGE = Path(__file__).parents[1] / "docs" / "pictures.md"
TEXT = PAGE.read_text("utf-8")
SHOWN = re.findall(r"!\[(.+?)\]\((.+?)\)", TEXT)


def test_the_sections_are_pages_of_the_dashboard_in_their_order() -> None:
    titles = [spec.title for spec in PAGES]
    sections = re.findall(r"^## (.+)$", TEXT, re.M)
    assert sections == [title for title in titles if title in sections]
    assert len(sections) >= 6


def test_every_picture_is_taken_by_the_script_and_small() -> None:
    assert {target for _, target in SHOWN} == {f"pictures/{name}.png" for name in PICTURES}
    assert {path.stem for path in FOLDER.iterdir()} == set(PICTURES)
    for path in FOLDER.iterdir():
        assert path.stat().st_size <= LARGEST, path.name


def test_every_picture_is_described_in_words() -> None:
    assert all(len(words) > 20 for words, _ in SHOWN)


def test_a_picture_keeps_its_size_and_its_strong_colours() -> None:
    picture = Image.radial_gradient("L").resize((600, 400)).convert("RGB")
    picture.paste((209, 73, 91), (10, 10, 18, 18))
    out = BytesIO()
    picture.save(out, "PNG")
    kept = Image.open(BytesIO(small(out.getvalue()))).convert("RGB")
    assert kept.size == (600, 400)
    assert all(abs(is_now - was) < 24 for is_now, was in zip(kept.getpixel((14, 14)), (209, 73, 91), strict=True))
