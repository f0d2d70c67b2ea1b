"""Draws what `remembering` has measured, as SVG."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        _text(_WIDTH // 2, 18, "Memory while one file is saved", anchor="middle", size=14),
        *_axes(end, most),
        f'<line x1="{_LEFT}" x2="{_RIGHT}" y1="{memory(_LIMIT_MB):.1f}"'
        f' y2="{memory(_LIMIT_MB):.1f}" stroke="{_LIMIT}" stroke-dasharray="4 4"/>',
        _line([(across(t), disk(size / 1e9)) for t, size, _ in samples], _DISK),
        _line([(across(t), memory(rss / 1e6)) for t, _, rss in samples], _MEMORY),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


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
        f' font-size="{size}">{text}</text>'
    )
