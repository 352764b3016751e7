"""The public draw and the public digest: anybody can repeat both with a pocket tool."""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from pulih.selection.case import Applications, points


def draws(seed: str, codes: Sequence[str]) -> npt.NDArray[np.uint64]:
    """Give the SHA-256 of seed, line feed and application: four numbers a row, in hex order."""
    begun = sha256(f"{seed}\n".encode())
    found = bytearray()
    for code in codes:
        drawn = begun.copy()
        drawn.update(code.encode())
        found += drawn.digest()
    return np.frombuffer(bytes(found), dtype=">u8").reshape(-1, 4).astype(np.uint64)


def in_hex(draw: npt.NDArray[np.uint64], digits: int = 64) -> str:
    return "".join(f"{int(part):016x}" for part in draw)[:digits]


def digest(applications: Applications) -> str:
    """Give the SHA-256 of the frozen list: one line of application, score and cost each."""
    lines = (
        f"{code}\t{points(score)}\t{cost}\n"
        for code, score, cost in zip(
            applications.codes,
            applications.score.tolist(),
            applications.cost.tolist(),
            strict=True,
        )
    )
    return sha256("".join(lines).encode()).hexdigest()
