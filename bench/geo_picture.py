"""The calibration curve as a picture: confidence said against share right, one line a corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

_SIZE: Final = 420
_MARGIN: Final = 50
_COLOURS: Final = ("#1b6ca8", "#c8553d", "#2f7d4f", "#7a4ea3")
_DASHES: Final = ("", "6 3", "2 3", "8 3 2 3")

Curve = Sequence[tuple[float, float, int]]
"""(mean confidence, share right, how many) of one bin after another."""


def picture(curves: Mapping[str, Curve]) -> str:
    """An SVG of the curves; the diagonal is where confidence and truth agree. Lines differ in dash and colour."""
    side = _SIZE + 2 * _MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" font-family="sans-serif" font-size="13">',
        f'<rect width="{side}" height="{side}" fill="#fff"/>',
        f'<rect x="{_MARGIN}" y="{_MARGIN}" width="{_SIZE}" height="{_SIZE}" fill="none" stroke="#999"/>',
        _line([(0.0, 0.0), (1.0, 1.0)], "#bbb", "4 4"),
        f'<text x="{side / 2}" y="{side - 10}" text-anchor="middle">confidence</text>',
        f'<text x="14" y="{side / 2}" text-anchor="middle" transform="rotate(-90 14 {side / 2})">'
        "share within 161 km</text>",
        *(_tick(tenth / 10) for tenth in range(0, 11, 2)),
    ]
    for index, (name, curve) in enumerate(curves.items()):
        parts += _corpus(name, curve, index)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _corpus(name: str, curve: Curve, index: int) -> list[str]:
    colour = _COLOURS[index % len(_COLOURS)]
    dash = _DASHES[index % len(_DASHES)]
    points = [(said, right) for said, right, _ in curve]
    dots = [
        f'<circle cx="{_x(said):.1f}" cy="{_y(right):.1f}" r="{1.5 + number**0.5 / 10:.1f}" fill="{colour}"/>'
        for said, right, number in curve
    ]
    at = _MARGIN + 20 + 20 * index
    key = (
        f'<line x1="{_MARGIN + 12}" x2="{_MARGIN + 42}" y1="{at}" y2="{at}" stroke="{colour}" stroke-width="2" '
        f'stroke-dasharray="{dash}"/><text x="{_MARGIN + 50}" y="{at + 4}">{escape(name)}</text>'
    )
    return [_line(points, colour, dash), *dots, key]


def _tick(value: float) -> str:
    return (
        f'<text x="{_x(value):.0f}" y="{_MARGIN + _SIZE + 18}" text-anchor="middle">{value:.1f}</text>'
        f'<text x="{_MARGIN - 8}" y="{_y(value) + 4:.0f}" text-anchor="end">{value:.1f}</text>'
    )


def _line(points: Sequence[tuple[float, float]], colour: str, dash: str) -> str:
    corners = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
    return f'<polyline points="{corners}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'


def _x(value: float) -> float:
    return _MARGIN + _SIZE * value


def _y(value: float) -> float:
    return _MARGIN + _SIZE * (1 - value)
