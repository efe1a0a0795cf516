"""A drawing as records: lines, areas, discs and words in pixels, y downward. One scene is written as SVG or as PNG.

Colours are ``#rrggbb``. A scene knows nothing of maps or claims; text in it is any text, each writer escapes its own.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Area:
    """Rings filled by the even-odd rule; ``fill`` or ``stroke`` None is not drawn. ``dash``: pixels on and off."""

    rings: tuple[tuple[Point, ...], ...]
    fill: str | None = None
    opacity: float = 1.0
    stroke: str | None = None
    width: float = 1.0
    dash: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: tuple[Point, ...]
    stroke: str
    width: float = 1.0
    dash: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Disc:
    """A disc of slices, each a colour and its share of the whole, clockwise from the top, with an edge around it."""

    at: Point
    radius: float
    slices: tuple[tuple[str, float], ...]
    edge: str = "#ffffff"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, top, width, height."""

    at: tuple[float, float, float, float]
    fill: str
    stroke: str | None = None
    dash: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; ``at`` is the anchor's x and the middle of the line's height. ``halo``: colour behind it."""

    at: Point
    text: str
    size: float
    colour: str
    anchor: Anchor = "start"
    bold: bool = False
    halo: str | None = None


Shape = Area | Line | Disc | Box | Words


@dataclass(frozen=True, slots=True)
class Scene:
    """Shapes from the lowest to the topmost; ``title`` and ``description`` are for those who cannot see them.

    ``inset`` shapes are clipped to the rectangle ``frame`` and lie below ``shapes``.
    """

    size: tuple[int, int]
    background: str
    title: str
    description: str
    frame: tuple[float, float, float, float]
    inset: Sequence[Shape] = field(default_factory=tuple)
    shapes: Sequence[Shape] = field(default_factory=tuple)


_FONTS: Final = "'Source Sans 3','Source Sans Pro','Segoe UI',Roboto,Arial,sans-serif"


def to_svg(scene: Scene) -> str:
    """The scene as an SVG file of its own: no script, no address, nothing to load."""
    width, height = scene.size
    x, y, wide, high = scene.frame
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="t d" font-family="{_FONTS}">'
        f'<title id="t">{_text(scene.title)}</title><desc id="d">{_text(scene.description)}</desc>'
        f'<clipPath id="f"><rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}"/></clipPath>'
        f'<rect width="{width}" height="{height}" fill="{scene.background}"/>'
        f'<g clip-path="url(#f)">{"".join(map(_drawn, scene.inset))}</g>{"".join(map(_drawn, scene.shapes))}</svg>\n'
    )


def _text(words: str) -> str:
    """Text that XML can hold, escaped."""
    return html.escape("".join(char for char in words if char.isprintable()), quote=True)


def _drawn(shape: Shape) -> str:
    match shape:
        case Area():
            path = "".join(f"M{_points(ring)}Z" for ring in shape.rings)
            fill = f'fill="{shape.fill}" fill-opacity="{shape.opacity:g}"' if shape.fill else 'fill="none"'
            return f'<path d="{path}" fill-rule="evenodd" {fill}{_stroke(shape.stroke, shape.width, shape.dash)}/>'
        case Line():
            return f'<path d="M{_points(shape.points)}" fill="none"{_stroke(shape.stroke, shape.width, shape.dash)}/>'
        case Disc():
            return "".join(_disc(shape))
        case Box():
            x, y, wide, high = shape.at
            at = f'x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="3"'
            return f'<rect {at} fill="{shape.fill}"{_stroke(shape.stroke, 1, shape.dash)}/>'
        case Words():
            return _line_of_text(shape)


def _points(points: Sequence[Point]) -> str:
    return "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _stroke(colour: str | None, width: float, dash: tuple[float, float] | None) -> str:
    if not colour:
        return ""
    dashes = f' stroke-dasharray="{dash[0]:g} {dash[1]:g}"' if dash else ""
    return f' stroke="{colour}" stroke-width="{width:g}" stroke-linejoin="round"{dashes}'


def _disc(disc: Disc) -> Iterator[str]:
    (x, y), r = disc.at, disc.radius
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r + 1.5:.1f}" fill="{disc.edge}"/>'
    if len(disc.slices) == 1:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{disc.slices[0][0]}"/>'
        return
    for colour, start, end in turns(disc):
        (ax, ay), (bx, by) = ((x + r * math.sin(turn), y - r * math.cos(turn)) for turn in (start, end))
        large = int(end - start > math.pi)
        yield (
            f'<path d="M{x:.1f} {y:.1f}L{ax:.2f} {ay:.2f}A{r:.1f} {r:.1f} 0 {large} 1 {bx:.2f} {by:.2f}Z" '
            f'fill="{colour}" stroke="{disc.edge}" stroke-width="1"/>'
        )


def turns(disc: Disc) -> Iterator[tuple[str, float, float]]:
    """Colour, start and end of each slice, in radians clockwise from the top."""
    total, at = sum(share for _, share in disc.slices) or 1.0, 0.0
    for colour, share in disc.slices:
        end = at + 2 * math.pi * share / total
        yield colour, at, end
        at = end


def _line_of_text(words: Words) -> str:
    halo = f' paint-order="stroke" stroke="{words.halo}" stroke-width="3" stroke-linejoin="round"' if words.halo else ""
    weight = ' font-weight="600"' if words.bold else ""
    x, y = words.at
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" dominant-baseline="central" text-anchor="{words.anchor}" '
        f'font-size="{words.size:g}" fill="{words.colour}"{weight}{halo}>{_text(words.text)}</text>'
    )
