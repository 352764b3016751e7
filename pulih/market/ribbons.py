"""Who makes what for whom, drawn: ribbons from needs to those who supply them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ROW = 46.0  # Points from one need, or supplier, to the next.
THICKEST, THINNEST = 34.0, 1.5  # Points: a whole need, and what can still be seen.
MOST = 10  # Rows a side: what does not fit is counted.
LEFT, RIGHT = 250.0, 450.0  # Where ribbons leave the needs and reach the suppliers.
WIDTH = 700


@dataclass(frozen=True)
class Supply:
    """What one supplier sends to one need: its share of the need, the rupiah for its goods."""

    code: tuple[str, int]
    name: str
    share: float
    goods: int


@dataclass(frozen=True)
class Asked:
    """A need, the share of it that is filled, and who fills it."""

    name: str
    under: str
    share: float
    supplies: Sequence[Supply]


@dataclass(frozen=True)
class End:
    """A row of the drawing; count: how many suppliers stand in it."""

    name: str
    top: float
    count: int = 1
    under: str = ""
    share: float = 0.0
    goods: int = 0


@dataclass(frozen=True)
class Ribbon:
    path: str
    thickness: float
    is_whole: bool  # Of a need that is filled.
    words: str


@dataclass(frozen=True)
class Drawing:
    """Needs at the left, suppliers at the right; more: needs that found no room."""

    needs: Sequence[End]
    suppliers: Sequence[End]
    ribbons: Sequence[Ribbon]
    more: int
    width: int = WIDTH

    @property
    def height(self) -> int:
        return int(ROW * max(len(self.needs), len(self.suppliers)))


def drawing(needs: Sequence[Asked]) -> Drawing | None:
    """Return the drawing of a match; None where nobody sends anything."""
    shown = needs[:MOST]
    rows = _rows_of(supply for need in shown for supply in need.supplies)
    if not rows:
        return None
    sent = [_by_row(need.supplies, rows) for need in shown]
    names = _suppliers(shown, rows)
    taken = [sum(shares.get(row, 0.0) for shares in sent) for row in range(len(names))]
    whole = THICKEST / max(1.0, *taken)
    thick = [{row: max(THINNEST, share * whole) for row, share in sorted(each.items())}
             for each in sent]  # fmt: skip
    starts = [_middle(place) - sum(each.values()) / 2 for place, each in enumerate(thick)]
    ends = [
        _middle(row) - sum(each.get(row, 0.0) for each in thick) / 2 for row in range(len(names))
    ]
    ribbons = []
    for place, each in enumerate(thick):
        for row, size in each.items():
            words = f"{shown[place].name} · {names[row].name}".rstrip(" ·")
            path = _path(starts[place], ends[row], size)
            ribbons.append(Ribbon(path, size, shown[place].share >= 1, words))
            starts[place] += size
            ends[row] += size
    left = [
        End(need.name, ROW * place, under=need.under, share=need.share)
        for place, need in enumerate(shown)
    ]
    return Drawing(left, names, ribbons, len(needs) - len(shown))


def _rows_of(supplies: Iterable[Supply]) -> dict[tuple[str, int], int]:
    """Return the row of every supplier: the largest by themselves, all others in the last."""
    shares: dict[tuple[str, int], float] = {}
    for each in supplies:
        shares[each.code] = shares.get(each.code, 0.0) + each.share
    largest = sorted(shares, key=lambda code: (-shares[code], code))
    last = MOST - 1 if len(largest) > MOST else MOST
    return {code: min(place, last) for place, code in enumerate(largest)}


def _by_row(supplies: Iterable[Supply], rows: dict[tuple[str, int], int]) -> dict[int, float]:
    found: dict[int, float] = {}
    for each in supplies:
        row = rows[each.code]
        found[row] = found.get(row, 0.0) + each.share
    return found


def _suppliers(needs: Iterable[Asked], rows: dict[tuple[str, int], int]) -> list[End]:
    inside: dict[int, dict[tuple[str, int], str]] = {}
    goods: dict[int, int] = {}
    for need in needs:
        for each in need.supplies:
            row = rows[each.code]
            inside.setdefault(row, {})[each.code] = each.name
            goods[row] = goods.get(row, 0) + each.goods
    return [
        End(
            next(iter(names.values())) if len(names) == 1 else "",
            ROW * row,
            count=len(names),
            goods=goods[row],
        )
        for row, names in sorted(inside.items())
    ]


def _middle(place: int) -> float:
    return ROW * (place + 0.5)


def _path(start: float, end: float, size: float) -> str:
    """Return an outline that leaves the need at `start` and reaches the supplier at `end`."""
    bend = (LEFT + RIGHT) / 2
    return (
        f"M{LEFT:.0f} {start:.1f}C{bend:.0f} {start:.1f} {bend:.0f} {end:.1f} {RIGHT:.0f} {end:.1f}"
        f"V{end + size:.1f}C{bend:.0f} {end + size:.1f} {bend:.0f} {start + size:.1f} "
        f"{LEFT:.0f} {start + size:.1f}Z"
    )
