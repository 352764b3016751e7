"""The best plans of every regency at given prices, by branching on one measure after another.

The bound of a half-made plan: along each step of F a need pays a measure no more than a cap.
What a need earns beyond its caps it may earn in full; each measure left then faces the caps
alone. Any caps give a true bound; `lowered_caps` looks for good ones.
"""

from collections.abc import Callable

import numpy as np

from pulih.refocusing.grid import Floats, Whole
from pulih.refocusing.regencies import DUST, Found, Nodes, Prices, Regencies, joined

AT_ONCE = 60  # Regencies looked at more closely in one call, the loosest first.
LABELS = 60  # Half-made plans kept per regency; what is dropped still counts in the bound.
MANY = 800  # Regencies times effort from where on a closer look is not worth its time.
FIRST_COUNTS = 2  # Batches of a measure tried at once, twice as many each time.
TRIES = np.linspace(0.0, 1.0, 11)


def _always() -> float:
    return np.inf


class Oracle:
    """Finds plans; remembers the caps of every regency per firm's price from call to call."""

    def __init__(self, regencies: Regencies) -> None:
        self.regencies = regencies
        self.caps = regencies.slope.max(axis=2, initial=0.0) * 0.5

    def best(
        self,
        prices: Prices,
        *,
        window: Floats | float = 0.0,
        labels: int = LABELS,
        only: Whole | None = None,
        seconds: Callable[[], float] = _always,
    ) -> Found:
        """Return every regency's best plan, with `window` all that fall short by no more.

        labels: how many half-made plans a regency may keep at once; seconds: what is left. Once
        time is over half-made plans stand as they are, and what they might be still counts.
        """
        asked = np.arange(len(self.regencies)) if only is None else only
        width = np.broadcast_to(np.asarray(window, dtype=np.float64), (len(self.regencies),))
        found = self._search(prices, width, labels, asked, seconds)
        for sweeps, times in ((1, 1), (2, 8), (3, 40)):
            loose = asked[found.most[asked] > found.best[asked] + _dust(found.best[asked])]
            is_long = times > 1 and len(loose) * times > MANY
            if not len(loose) or is_long or seconds() <= 0:
                break
            open_by = found.most[loose] - found.best[loose]
            loose = np.sort(loose[np.argsort(-open_by, kind="stable")[:AT_ONCE]])
            self._lower_caps(prices, loose, sweeps)
            again = self._search(prices, width, labels * times, loose, seconds)
            found = _merged(found, again, loose)
        return found

    def _lower_caps(self, prices: Prices, loose: Whole, sweeps: int) -> None:
        priced = prices.relief[loose][:, None]
        caps = lowered_caps(self.regencies, prices, loose, self.caps[loose] * priced, sweeps)
        self.caps[loose] = caps / np.maximum(priced, 1e-300)

    def _search(
        self,
        prices: Prices,
        window: Floats,
        labels: int,
        asked: Whole,
        seconds: Callable[[], float],
    ) -> Found:
        regencies = self.regencies
        count, measures = regencies.most.shape
        caps = self.caps * prices.relief[:, None]
        bounds = Bounds(regencies, prices, caps)
        nodes = Nodes(asked, regencies.slope.shape[1], measures)
        nodes.above = bounds.above(nodes, 0)  # Counts where time is over before the first measure.
        best, dropped = np.zeros(count), np.full(count, -np.inf)
        for place in range(measures):
            if seconds() <= 0:
                np.maximum.at(dropped, nodes.regency, nodes.above)
                break
            grown = _grown(bounds, nodes, place, best, window)
            nodes.above = bounds.above(nodes, place + 1)
            nodes = _pruned(joined([nodes, *grown]), best, window, labels, dropped)
        nodes = nodes.at(np.flatnonzero(nodes.worth >= (best - window)[nodes.regency] - DUST))
        most = np.maximum(best, dropped)
        return Found(best, most, nodes.regency, nodes.batches, nodes.worth)


class Bounds:
    """Arrays that bound half-made plans from above."""

    def __init__(self, regencies: Regencies, prices: Prices, caps: Floats) -> None:
        self.regencies, self.prices = regencies, prices
        self.slope = regencies.slope * prices.relief[:, None, None]
        self.capped = np.minimum(self.slope, caps[..., None])
        self.flat_slope = self.slope.reshape(len(regencies), -1)
        self.flat_capped = self.capped.reshape(len(regencies), -1)
        beyond = (self.slope - self.capped) * regencies.widths
        self.beyond = beyond.sum(axis=(1, 2))
        alone = alone_worth(regencies, prices, np.arange(len(regencies)), self.capped)
        self.order = np.argsort(-alone, axis=1, kind="stable")
        ordered = np.take_along_axis(alone, self.order, axis=1)
        self.rest = np.zeros((len(regencies), ordered.shape[1] + 1))
        self.rest[:, :-1] = np.cumsum(ordered[:, ::-1], axis=1)[:, ::-1]

    def above(self, nodes: Nodes, place: int) -> Floats:
        """The most that any plan may be worth in which the measures before `place` stand."""
        return self.both(nodes, place)[1]

    def both(self, nodes: Nodes, place: int) -> tuple[Floats, Floats]:
        """What half-made plans are worth as they are, and at most."""
        filled = self.regencies.filled(nodes.shares).reshape(len(nodes.regency), -1)
        earned = np.einsum("rs,rs->r", filled, self.flat_slope[nodes.regency])
        capped = np.einsum("rs,rs->r", filled, self.flat_capped[nodes.regency])
        rest = self.beyond[nodes.regency] + self.rest[nodes.regency, place]
        return earned - nodes.cost, capped - nodes.cost + rest


def _dust(values: Floats) -> Floats:
    return DUST * np.maximum(1.0, np.abs(values))


def _grown(bounds: Bounds, nodes: Nodes, place: int, best: Floats, window: Floats) -> list[Nodes]:
    """Return the nodes with 1, 2, 3, … batches of their next measure, while it may pay."""
    regencies, prices, found = bounds.regencies, bounds.prices, []
    measure = bounds.order[nodes.regency, place]
    some = np.flatnonzero(regencies.most[nodes.regency, measure] > 0)
    nodes, measure = nodes.at(some), measure[some]
    nodes.cost = nodes.cost + prices.setup[nodes.regency, measure]
    done, size = 0, FIRST_COUNTS
    while len(measure):
        counts = np.arange(done + 1, done + size + 1)
        fits = counts <= regencies.most[nodes.regency, measure][:, None]
        node, place_of_count = np.nonzero(fits)
        count, kind = counts[place_of_count], measure[node]
        grown = nodes.at(node)
        grown.shares += regencies.gain[grown.regency, kind] * count[:, None]
        grown.cost += prices.step[grown.regency, kind] * count
        grown.batches[np.arange(len(kind)), kind] = count
        grown.worth, grown.above = bounds.both(grown, place + 1)
        np.maximum.at(best, grown.regency, grown.worth)
        alive = grown.above >= (best - window)[grown.regency] - DUST
        found.append(grown.at(np.flatnonzero(alive)))
        above, lives = np.full(fits.shape, -np.inf), np.zeros(fits.shape, dtype=bool)
        above[fits], lives[fits] = grown.above, alive
        # What a half-made plan may be worth bends downwards: past its top no more is alive.
        more = lives[:, -1] | (above[:, -1] > above[:, -2] + 1e-15)
        kept = np.flatnonzero(more & (counts[-1] < regencies.most[nodes.regency, measure]))
        nodes, measure, done, size = nodes.at(kept), measure[kept], done + size, 2 * size
    return found


def _pruned(nodes: Nodes, best: Floats, window: Floats, labels: int, dropped: Floats) -> Nodes:
    """Return the nodes that may still matter, at most `labels` of each regency."""
    least = (best - window)[nodes.regency]
    hopeful = (nodes.above > best[nodes.regency] + DUST) | (nodes.worth >= least - DUST)
    hopeful |= (window[nodes.regency] > 0) & (nodes.above >= least - DUST)
    chosen = np.flatnonzero(hopeful)
    chosen = chosen[np.lexsort((-nodes.above[chosen], nodes.regency[chosen]))]
    rank = rank_within(nodes.regency[chosen])
    over = chosen[rank >= labels]
    np.maximum.at(dropped, nodes.regency[over], nodes.above[over])
    return nodes.at(chosen[rank < labels])


def rank_within(groups: Whole) -> Whole:
    """Return the place of each entry among those of its group; groups lie together."""
    if not len(groups):
        return np.zeros(0, dtype=np.int64)
    first = np.concatenate(([0], np.flatnonzero(np.diff(groups)) + 1))
    sizes = np.diff(np.append(first, len(groups)))
    return np.asarray(np.arange(len(groups)) - np.repeat(first, sizes))


def _merged(old: Found, new: Found, asked: Whole) -> Found:
    """Return what two searches know together."""
    best, most = old.best.copy(), old.most.copy()
    best[asked] = np.maximum(best[asked], new.best[asked])
    most[asked] = np.maximum(best[asked], np.minimum(most[asked], new.most[asked]))
    kept = ~np.isin(old.regency, asked)
    return Found(
        best,
        most,
        np.concatenate((old.regency[kept], new.regency)),
        np.concatenate((old.batches[kept], new.batches)),
        np.concatenate((old.worth[kept], new.worth)),
    )


def alone_worth(regencies: Regencies, prices: Prices, rows: Whole, capped: Floats) -> Floats:
    """Return what each measure is worth at most if it alone faces capped needs; 0 if nothing.

    rows: a regency each; capped: rows x N x I.
    """
    counts, filled = regencies.corners
    worth = np.matmul(filled[rows], capped.reshape(len(rows), 1, -1, 1))[..., 0]
    worth = worth - prices.step[rows][..., None] * counts[rows] - prices.setup[rows][..., None]
    return np.where(regencies.most[rows] > 0, np.maximum(worth.max(axis=2), 0.0), 0.0)


def lowered_caps(
    regencies: Regencies, prices: Prices, rows: Whole, caps: Floats, sweeps: int
) -> Floats:
    """Return caps with a lower bound at the root, one need after another; priced like `caps`."""
    slope = regencies.slope[rows] * prices.relief[rows][:, None, None]
    top = slope.max(axis=2, initial=0.0)
    caps = np.minimum(caps, top)
    bound = _at_root(regencies, prices, rows, slope, caps)
    for sweep in range(sweeps):
        for need in range(top.shape[1]):
            near = caps[:, need, None] + top[:, need, None] * (TRIES - 0.5) * 0.5**sweep
            tried = np.clip(near if sweep else top[:, need, None] * TRIES, 0.0, top[:, need, None])
            many = np.repeat(caps, len(TRIES), axis=0)
            many[:, need] = tried.ravel()
            repeated = np.repeat(rows, len(TRIES))
            slopes = np.repeat(slope, len(TRIES), axis=0)
            bounds = _at_root(regencies, prices, repeated, slopes, many).reshape(len(rows), -1)
            place = bounds.argmin(axis=1)
            least = bounds[np.arange(len(rows)), place]
            better = least < bound - DUST
            caps[better, need] = tried[better, place[better]]
            bound = np.minimum(bound, least)
    return caps


def _at_root(
    regencies: Regencies, prices: Prices, rows: Whole, slope: Floats, caps: Floats
) -> Floats:
    capped = np.minimum(slope, caps[..., None])
    beyond = ((slope - capped) * regencies.widths).sum(axis=(1, 2))
    return np.asarray(beyond + alone_worth(regencies, prices, rows, capped).sum(axis=1))
