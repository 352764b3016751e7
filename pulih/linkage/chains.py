"""Which records chains of pairs reach: the connected components, a whole register at once."""

import numpy as np
import numpy.typing as npt

Records = npt.NDArray[np.int32]


def smallest_reached(one: Records, other: Records, records: int) -> Records:
    """Return for each of `records` the smallest record that chains of pairs reach, or itself.

    one, other: the two sides of the pairs. Each round hands the smaller label over every pair and
    halves the chains, so that long ones take few rounds too.
    """
    label: Records = np.arange(records, dtype=np.int32)
    while True:
        smaller = np.minimum(label[one], label[other])
        if (label[one] == smaller).all() and (label[other] == smaller).all():
            return label
        for side in (one, other):
            # The record's former label hears of it too, and with it all that bear that label.
            np.minimum.at(label, label[side], smaller)
            np.minimum.at(label, side, smaller)
        label = label[label]
