"""Draws what was measured, as SVG."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape

_WIDTH, _HEIGHT = 720, 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 660, 40, 270
_MEMORY, _DISK, _LIMIT = "#c0392b", "#2c7fb8", "#888888"
_LIMIT_MB = 60.0
_TICKS = 4


def plot(samples: Sequence[tuple[float, int, int]]) -> str:
    """Memory (left axis, MB) and what is on disk (right axis, GB) over time."""
    end = max(samples[-1][0], 0.1)
    most = max(4.0, *(disk / 1e9 for _, disk, _ in samples)) * 1.05
    across = _scale(end, _LEFT, _RIGHT)
    memory, disk = _scale(80.0, _BOTTOM, _TOP), _scale(most, _BOTTOM, _TOP)
    parts = [
        *_sheet(_HEIGHT),
        _text(_WIDTH // 2, 18, "Memory while one file is saved", anchor="middle", size=14),
        *_axes(end, most),
        f'<line x1="{_LEFT}" x2="{_RIGHT}" y1="{memory(_LIMIT_MB):.1f}"'
        f' y2="{memory(_LIMIT_MB):.1f}" stroke="{_LIMIT}" stroke-dasharray="4 4"/>',
        _line([(across(t), disk(size / 1e9)) for t, size, _ in samples], _DISK),
        _line([(across(t), memory(rss / 1e6)) for t, _, rss in samples], _MEMORY),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def bars(ratios: Sequence[tuple[str, str, float]]) -> str:
    """Ratios to named peers on a logarithmic scale: what, the peer, the ratio."""
    step, middle = 34, 510
    height = 60 + step * len(ratios)
    widest = max((abs(math.log2(ratio)) for _, _, ratio in ratios), default=1.0)
    doubled = 150 / max(1.0, widest)  # pixels for twice as much
    parts = [
        *_sheet(height),
        _text(middle - 8, 20, "quicker than the peer", _DISK, "end"),
        _text(middle + 8, 20, "slower", _MEMORY),
    ]
    for number, (what, peer, ratio) in enumerate(ratios):
        y, width = 36 + step * number, doubled * math.log2(ratio)
        x, colour = middle + min(width, 0.0), _MEMORY if ratio > 1 else _DISK
        parts += [
            _text(12, y + 10, what),
            _text(12, y + 24, f"beside {peer}", _LIMIT, size=11),
            f'<rect x="{x:.1f}" y="{y}" width="{abs(width):.1f}" height="18" fill="{colour}"/>',
            _text(x + max(width, 0.0) + 6, y + 14, f"{ratio:.2f}")
            if ratio > 1
            else _text(x - 6, y + 14, f"{ratio:.2f}", anchor="end"),
        ]
    parts.append(f'<path d="M{middle} 28V{height - 16}" stroke="black"/>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def curves(series: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """How seconds grow with the number of operations, a line for each command."""
    points = [point for line in series.values() for point in line]
    most = max((seconds for _, seconds in points), default=1.0) * 1.05
    end = max((count for count, _ in points), default=1.0)
    across, up = _scale(end, _LEFT, _RIGHT), _scale(most, _BOTTOM, _TOP)
    parts = [
        *_sheet(_HEIGHT),
        f'<path d="M{_LEFT} {_TOP}V{_BOTTOM}H{_RIGHT}" fill="none" stroke="black"/>',
        _text(8, _TOP - 16, "seconds"),
        _text((_LEFT + _RIGHT) // 2, _HEIGHT - 14, "operations", anchor="middle"),
    ]
    for tick in range(_TICKS + 1):
        y = _BOTTOM - (_BOTTOM - _TOP) * tick / _TICKS
        x = _LEFT + (_RIGHT - _LEFT) * tick / _TICKS
        parts += [
            _text(_LEFT - 8, y + 4, f"{most * tick / _TICKS:.1f}", anchor="end"),
            _text(x, _BOTTOM + 18, f"{end * tick / _TICKS:.0f}", anchor="middle"),
        ]
    for colour, (name, line) in zip((_DISK, _MEMORY, "#2e8b57"), series.items(), strict=False):
        placed = [(across(count), up(seconds)) for count, seconds in line]
        parts += [
            _line(placed, colour),
            _text(placed[-1][0], placed[-1][1] - 6, name, colour, "end"),
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _sheet(height: int) -> list[str]:
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"'
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{height}" fill="white"/>',
    ]


def _scale(most: float, low: int, high: int) -> Callable[[float], float]:
    return lambda value: low + (high - low) * value / most


def _axes(end: float, most: float) -> list[str]:
    parts = [
        f'<path d="M{_LEFT} {_TOP}V{_BOTTOM}H{_RIGHT}V{_TOP}" fill="none" stroke="black"/>',
        _text(8, _TOP - 8, "MB resident (dashed: 60)", _MEMORY),
        _text(_RIGHT, _TOP - 8, "GB on disk", _DISK, "middle"),
        _text(_WIDTH // 2, _HEIGHT - 14, "seconds", anchor="middle"),
    ]
    for tick in range(_TICKS + 1):
        y = _BOTTOM - (_BOTTOM - _TOP) * tick / _TICKS
        x = _LEFT + (_RIGHT - _LEFT) * tick / _TICKS
        parts += [
            _text(_LEFT - 8, y + 4, f"{80 * tick / _TICKS:.0f}", _MEMORY, "end"),
            _text(_RIGHT + 8, y + 4, f"{most * tick / _TICKS:.1f}", _DISK),
            _text(x, _BOTTOM + 18, f"{end * tick / _TICKS:.1f}", anchor="middle"),
        ]
    return parts


def _line(points: Sequence[tuple[float, float]], colour: str) -> str:
    text = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{text}" fill="none" stroke="{colour}" stroke-width="1.5"/>'


def _text(
    x: float, y: float, text: str, colour: str = "black", anchor: str = "start", size: int = 12
) -> str:
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" fill="{colour}" text-anchor="{anchor}"'
        f' font-size="{size}">{escape(text)}</text>'
    )
