"""Weights as a small JSON file, for a run to be repeated or explained later."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pulih.common.errors import Message, Refusal
from pulih.linkage.model import COMPARISONS, MODEL
from pulih.linkage.weights import Correction, Shares, Weights

NOT_WEIGHTS = Message(
    "Berkas ini bukan bobot dari versi ini; pelajari lagi dari jawaban yang ada.",
    "This file holds no weights of this version; learn them again from the answers.",
)


def as_plain(weights: Weights) -> dict[str, Any]:
    """Return weights as JSON can hold them."""
    return {
        "model": MODEL,
        "firm": weights.firm,
        "other_firm": weights.other_firm,
        "shares": [[*key, asdict(shares)] for key, shares in weights.shares.items()],
        "corrections": [[*key, asdict(one)] for key, one in weights.corrections.items()],
    }


def from_plain(plain: dict[str, Any]) -> Weights:
    """Return the weights that `as_plain` wrote. Raises Refusal for those of another model."""
    if not isinstance(plain, dict) or plain.get("model") != MODEL:
        raise Refusal(NOT_WEIGHTS)
    try:
        weights = Weights(
            float(plain["firm"]),
            float(plain["other_firm"]),
            {(one, level): Shares(**parts) for one, level, parts in plain["shares"]},
            {(one, level): Correction(**parts) for one, level, parts in plain["corrections"]},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Refusal(NOT_WEIGHTS) from error
    wanted = {(each.name, level.name) for each in COMPARISONS for level in each.levels}
    if not wanted <= weights.shares.keys():
        raise Refusal(NOT_WEIGHTS)
    return weights


def write_weights(weights: Weights, path: Path) -> None:
    """Write weights, whole or not at all."""
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_text(json.dumps(as_plain(weights)), "utf-8")
    temporary.replace(path)


def read_weights(path: Path) -> Weights:
    """Return the weights of a file. Raises Refusal if it holds none of this model."""
    try:
        return from_plain(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise Refusal(NOT_WEIGHTS) from error
