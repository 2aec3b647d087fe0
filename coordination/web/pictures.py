"""Where the lines of a picture run, so that a template only draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from coordination.domain.pace import Pace, Point, Span

LEFT, RIGHT, TOP, BOTTOM = 46, 392, 14, 186
Place = tuple[float, float]


@dataclass(frozen=True)
class Growth:
    """Lines as SVG takes them: what is counted so far, the straight line, and how it goes on at this pace."""

    counted: str
    straight: str
    ahead: str
    today: Place
    target_at: float


def growth(points: Sequence[Point], span: Span, pace: Pace | None, counted: Fraction, today: date) -> Growth:
    """The picture of an account from the first day of the IGU to the last."""
    top = max(Fraction(span.target), counted, Fraction(1))

    def place(day: date, minutes: Fraction) -> Place:
        gone = min(max((day - span.start).days + 1, 0), span.days)
        across = LEFT + (RIGHT - LEFT) * gone / span.days
        return round(across, 1), round(float(BOTTOM - (BOTTOM - TOP) * minutes / top), 1)

    before = place(span.start - timedelta(days=1), Fraction(0))
    end = place(span.end, Fraction(span.target))
    now = place(today, counted)
    drawn = [before, *(place(point.day, point.counted) for point in points)]
    return Growth(
        counted=_line(drawn),
        straight=_line([before, end]),
        ahead=_line([now, place(*_going_on(span, pace, counted, today))]) if pace and points else "",
        today=now,
        target_at=end[1],
    )


def _going_on(span: Span, pace: Pace, counted: Fraction, today: date) -> tuple[date, Fraction]:
    """Where the pace leads by the end of the IGU, or on the day it reaches the target."""
    if pace.day and today <= pace.day <= span.end:
        return pace.day, Fraction(span.target)
    gone = max((today - span.start).days + 1, 1)
    return span.end, max(min(counted * span.days / gone, Fraction(span.target)), counted)


def _line(places: Sequence[Place]) -> str:
    return " ".join(f"{across},{down}" for across, down in places)
