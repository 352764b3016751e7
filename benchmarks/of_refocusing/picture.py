"""Gaps over time as a drawing: both axes by powers of ten."""

import math

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 380, 64, 16, 100, 44
SOONEST, SMALLEST, LARGEST = (
    0.5,
    1e-4,
    10.0,
)  # Seconds, and gaps; what lies beyond stands at the edge.
COLOURS = ("#0b6e75", "#b5541c", "#6b5ca5", "#7a7a7a")

Course = list[tuple[float, float]]


def drawn(courses: dict[str, Course], seconds: float) -> str:
    """Return an SVG of each course, pairs of seconds and gap, up to `seconds`."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="12">',
        f"<title>Gap of the first stage over {seconds:.0f} seconds</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for power in range(round(math.log10(SMALLEST)), round(math.log10(LARGEST)) + 1):
        y = _y(10.0**power)
        parts.append(
            f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
            f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{100 * 10.0**power:g} %</text>'
        )
    for at in (1, 3, 10, 30, 100, 300):
        if at <= seconds:
            x = _x(at, seconds)
            parts.append(f'<text x="{x:.1f}" y="{HEIGHT - 24}" text-anchor="middle">{at} s</text>')
    parts.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{HEIGHT - 6}" text-anchor="middle">'
        "seconds of the clock; gap as a share of the best coverage known by then</text>"
    )
    for colour, (name, course) in zip(COLOURS, courses.items(), strict=True):
        parts.append(_line(name, course, seconds, colour))
    return "\n".join([*parts, "</svg>", ""])


def _line(name: str, course: Course, seconds: float, colour: str) -> str:
    """Return one course as steps, its name at its end."""
    known = [(at, gap) for at, gap in course if math.isfinite(gap) and at <= seconds]
    if not known:
        return ""
    path = f"M{_x(known[0][0], seconds):.1f} {_y(known[0][1]):.1f}"
    path += "".join(f"H{_x(at, seconds):.1f}V{_y(gap):.1f}" for at, gap in known[1:])
    end = WIDTH - RIGHT
    return (
        f'<path d="{path}H{end}" fill="none" stroke="{colour}" stroke-width="2"/>'
        f'<text x="{end + 6}" y="{_y(known[-1][1]) + 4:.1f}" fill="{colour}">{name}</text>'
    )


def _x(at: float, seconds: float) -> float:
    share = math.log(max(at, SOONEST) / SOONEST) / math.log(seconds / SOONEST)
    return LEFT + min(share, 1.0) * (WIDTH - LEFT - RIGHT)


def _y(gap: float) -> float:
    inside = min(max(gap, SMALLEST), LARGEST)
    share = math.log(LARGEST / inside) / math.log(LARGEST / SMALLEST)
    return TOP + share * (HEIGHT - TOP - BOTTOM)
