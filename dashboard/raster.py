"""A scene as PNG, drawn by Pillow at twice its size and brought down, so that edges are smooth."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from dashboard.scene import Area, Box, Disc, Line, Point, Scene, Shape, Words, turns

_FINER: Final = 2
_OPAQUE: Final = 255
_ANCHORS: Final = {"start": "lm", "middle": "mm", "end": "rm"}
_REGULAR, _BOLD = 400, 640
"""Weights on the typeface's scale from 200 to 900."""

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Ink = tuple[int, ...]


def to_png(scene: Scene) -> bytes:
    """The scene as a PNG file; title and description are in its text fields."""
    width, height = scene.size
    image = Image.new("RGB", (width * _FINER, height * _FINER), scene.background)
    x, y, wide, high = (round(part * _FINER) for part in scene.frame)
    inset = Image.new("RGB", (wide, high), scene.background)
    _draw(inset, scene.inset, (-x, -y))
    image.paste(inset, (x, y))
    _draw(image, scene.shapes, (0, 0))
    small = image.resize((width, height), Image.Resampling.LANCZOS)
    told = PngInfo()
    told.add_itxt("Title", scene.title)
    told.add_itxt("Description", scene.description)
    out = BytesIO()
    small.save(out, "PNG", optimize=True, pnginfo=told)
    return out.getvalue()


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Pixels that a line of text is wide."""
    return float(_font(round(size * _FINER), bold=bold).getlength(text)) / _FINER


@lru_cache(maxsize=64)
def _font(size: int, *, bold: bool) -> Font:
    """The page's own typeface, which the dashboard's server ships; without it the one within Pillow."""
    path = _typeface()
    if path is None:
        return ImageFont.load_default(size)
    font = ImageFont.truetype(path, size)
    font.set_variation_by_axes([_BOLD if bold else _REGULAR])
    return font


@lru_cache(maxsize=1)
def _typeface() -> str | None:
    spec = find_spec("streamlit")
    folder = Path(spec.origin).parent / "static" if spec and spec.origin else Path()
    for path in sorted(folder.glob("static/media/SourceSans*Upright*.woff2")):
        try:
            ImageFont.truetype(str(path), 10).set_variation_by_axes([_REGULAR])
        except OSError:  # a build of the library that cannot read this form
            continue
        return str(path)
    return None


def _draw(image: Image.Image, shapes: Sequence[Shape], shift: tuple[float, float]) -> None:
    pen = _Pen(image, shift)
    for shape in shapes:
        pen.draw(shape)


class _Pen:
    """Draws shapes on an image of a finer grid whose origin is shifted."""

    def __init__(self, image: Image.Image, shift: tuple[float, float]) -> None:
        self._image, self._canvas, self._shift = image, ImageDraw.Draw(image), shift

    def draw(self, shape: Shape) -> None:
        """Draw one shape over what is there."""
        match shape:
            case Area():
                self._area(shape)
            case Line():
                self._line(shape.points, shape.stroke, shape.width, shape.dash)
            case Disc():
                self._disc(shape)
            case Box():
                self._box(shape)
            case Words():
                self._words(shape)

    def _at(self, point: Point) -> Point:
        return point[0] * _FINER + self._shift[0], point[1] * _FINER + self._shift[1]

    def _area(self, area: Area) -> None:
        rings = [[self._at(point) for point in ring] for ring in area.rings]
        if area.fill and rings:
            self._fill(rings, _ink(area.fill, area.opacity))
        if area.stroke:
            for ring in area.rings:
                self._line((*ring, ring[0]), area.stroke, area.width, area.dash)

    def _fill(self, rings: Sequence[Sequence[Point]], ink: Ink) -> None:
        """Even-odd: a mask in which each further ring turns what it covers over."""
        if len(rings) == 1 and ink[3] == _OPAQUE:
            self._canvas.polygon(list(rings[0]), fill=ink[:3])
            return
        xs, ys = zip(*(point for ring in rings for point in ring), strict=True)
        left, top = max(0, math.floor(min(xs))), max(0, math.floor(min(ys)))
        right, bottom = min(self._image.width, math.ceil(max(xs)) + 1), min(self._image.height, math.ceil(max(ys)) + 1)
        size = (right - left, bottom - top)
        if min(size) <= 0:
            return
        mask = Image.new("1", size)
        for ring in rings:
            one = Image.new("1", size)
            ImageDraw.Draw(one).polygon([(x - left, y - top) for x, y in ring], fill=1)
            mask = ImageChops.logical_xor(mask, one)
        alpha = mask.convert("L").point(lambda value: value * ink[3] // _OPAQUE)
        self._image.paste(ink[:3], (left, top), alpha)

    def _line(self, points: Sequence[Point], colour: str, width: float, dash: tuple[float, float] | None) -> None:
        for part in dashes(points, dash) if dash else [points]:
            at = [self._at(point) for point in part]
            self._canvas.line(at, fill=_ink(colour), width=max(1, round(width * _FINER)), joint="curve")

    def _disc(self, disc: Disc) -> None:
        (x, y), r = self._at(disc.at), disc.radius * _FINER
        edge = r + 1.5 * _FINER
        self._canvas.ellipse((x - edge, y - edge, x + edge, y + edge), fill=disc.edge)
        for colour, start, end in turns(disc):
            first, last = math.degrees(start) - 90, math.degrees(end) - 90
            self._canvas.pieslice((x - r, y - r, x + r, y + r), first, last, fill=colour)

    def _box(self, box: Box) -> None:
        left, top, wide, high = box.at
        (x, y), (right, bottom) = self._at((left, top)), self._at((left + wide, top + high))
        self._canvas.rounded_rectangle((x, y, right, bottom), radius=3 * _FINER, fill=box.fill)
        if box.stroke:
            corners = ((left, top), (left + wide, top), (left + wide, top + high), (left, top + high), (left, top))
            self._line(corners, box.stroke, 1, box.dash)

    def _words(self, words: Words) -> None:
        self._canvas.text(
            self._at(words.at),
            " ".join(words.text.split()),
            fill=words.colour,
            font=_font(round(words.size * _FINER), bold=words.bold),
            anchor=_ANCHORS[words.anchor],
            stroke_width=round(1.5 * _FINER) if words.halo else 0,
            stroke_fill=words.halo,
        )


def _ink(colour: str, opacity: float = 1.0) -> Ink:
    return (*ImageColor.getrgb(colour)[:3], round(_OPAQUE * opacity))


def dashes(points: Sequence[Point], dash: tuple[float, float]) -> Iterator[list[Point]]:
    """The parts of a line that are drawn when it is dashed, pixels on and off in turn."""
    part, left, on = [points[0]], dash[0], True
    for start, end in pairwise(points):
        length, gone = math.dist(start, end), 0.0
        while length - gone >= left:
            gone += left
            at = _between(start, end, gone / length)
            if on:
                yield [*part, at]
            part, on = [at], not on
            left = dash[0] if on else dash[1]
        left -= length - gone
        part.append(end)
    if on and len(part) > 1:
        yield part


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
