"""POK sheets whose one code column nests, from the programme down to accounts and details."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

import polars as pl

from pulih.common.errors import Message
from pulih.common.money import grouped
from pulih.intake.readings import keys
from pulih.intake.wording import WARNING
from pulih.intake.work import SheetRows

LEVELS = keys.PARTS
ACCOUNT_GROUP = re.compile(r"5\d{1,4}")  # `5212` above `521211`.
PROGRAMME = re.compile(r"^(?:\d{3}\.)?\d{2}\.(?:\d{2}|[A-Z]{2})$")


@dataclass
class Block:
    """An account row with the detail rows under it; numbers are indices of data rows."""

    account: int
    key: dict[str, str]
    details: list[int] = field(default_factory=list)


def unfold(work: SheetRows) -> None:
    """Keep the leaves only, each with the key that the rows above it give; groups are no rows."""
    blocks = _blocks(work)
    _inherit_funds(work, blocks)
    kept: list[int] = []
    line_keys: list[dict[str, str]] = []
    for block in blocks:
        for leaf in _leaves(work, block):
            kept.append(leaf)
            line_keys.append(block.key)
    work.keep(pl.Series(kept, dtype=pl.UInt32))
    for name in LEVELS:
        values = [key.get(name) for key in line_keys]
        if any(values):
            work.values[name] = pl.Series(name, values, dtype=pl.String)


def _inherit_funds(work: SheetRows, blocks: list[Block]) -> None:
    """Give details the fund source that stands beside their account alone, as POK prints do."""
    funds = work.values.get("fund_source")
    if funds is None:
        return
    told = funds.to_list()
    for block in blocks:
        for index in block.details:
            told[index] = told[index] or told[block.account]
    work.values["fund_source"] = pl.Series("fund_source", told, dtype=pl.String)


def _blocks(work: SheetRows) -> list[Block]:
    codes, ceilings = work.raw["line_code"], work.values.get("ceiling")
    state: dict[str, str] = {}
    blocks: list[Block] = []
    inside = False
    bares = [re.sub(r"[\s\u00a0\u200b']+", "", text or "").upper().strip(".") for text in codes]
    coded = [index for index, bare in enumerate(bares) if bare and keys.looks_like_code(bare)]
    below = dict(pairwise(coded))
    for index, bare in enumerate(bares):
        if bare and keys.looks_like_code(bare):
            level = place_code(bare, state, bares[below[index]] if index in below else "")
            inside = level == "account"
            if inside:
                blocks.append(Block(index, dict(state)))
        elif inside and ceilings is not None and ceilings[index] is not None:
            blocks[-1].details.append(index)
    return blocks


def place_code(bare: str, state: dict[str, str], below: str = "") -> str | None:
    """Put a code into the state of the levels above; return the lowest level that it set.

    below: the code of the next row that has one, which may tell what this one is.
    """
    if whole := keys.split(bare):
        state.clear()
        state.update(whole)
        return "account"
    if PROGRAMME.match(bare):
        return _set(state, "programme", bare)
    if ACCOUNT_GROUP.fullmatch(bare) and re.fullmatch(rf"{bare}\d+", below):
        return None
    level = None
    tokens = bare.split(".")
    for token, follows in zip(tokens, [*tokens[1:], below.split(".")[-1]], strict=True):
        # A suboutput may have a component's number: whole, and with a number below it.
        is_whole = len(tokens) > 2 and token is tokens[-1]
        is_open = "output" in state and "component" not in state
        if is_whole and is_open and re.fullmatch(r"\d{3}", follows):
            state.setdefault("suboutput", token.zfill(3))
            level = "suboutput"
        else:
            level = _place_token(token, state, follows) or level
    return level


def _place_token(token: str, state: dict[str, str], follows: str) -> str | None:
    if re.fullmatch(r"5\d{5}", token):
        return _set(state, "account", token)
    if re.fullmatch(r"\d{6,}", token):
        state.pop("account", None)
        return _set(state, "account", token) if len(token) > 6 else None
    if re.fullmatch(r"\d{4}", token):
        return _set(state, "activity", token)
    if re.fullmatch(r"[A-Z]{3}", token):
        return _set(state, "output", token)
    if re.fullmatch(r"0?[A-Z]{1,2}0?", token):
        letters = token.strip("0")
        if len(letters) == 2 and "activity" not in state:
            return _set(state, "programme", letters)
        return _set(state, "subcomponent", letters)
    if re.fullmatch(r"\d{1,3}", token) and "activity" in state:
        return _set(state, _level_of_number(token, state, follows), token.zfill(3))
    return None


def _level_of_number(token: str, state: dict[str, str], follows: str) -> str:
    """Three digits are an output, a suboutput or, from 051 on, a component: by what is above.

    Salaries are component 001 of an output without suboutputs; the letter below them tells.
    """
    if "output" not in state:
        return "output"
    if state["output"].isalpha() and "suboutput" not in state:
        return "suboutput"
    is_above_letter = bool(re.fullmatch(r"0?[A-Z]{1,2}0?", follows))
    if (
        int(token) < 50
        and not is_above_letter
        and "component" not in state
        and "suboutput" not in state
    ):
        return "suboutput"
    return "component"


def _set(state: dict[str, str], level: str, value: str) -> str:
    """Set a level and forget all below it."""
    for lower in LEVELS[LEVELS.index(level) :]:
        state.pop(lower, None)
    state[level] = value
    return level


def _leaves(work: SheetRows, block: Block) -> list[int]:
    """Return the details if they carry their account's amounts, else the account row itself."""
    ceilings = work.values["ceiling"]
    if not block.details:
        return [block.account]
    used = ("blocked", "committed", "realised")
    above = [n for n in used if n in work.values and work.values[n][block.account] is not None]
    below = [
        n
        for n in used
        if n in work.values and any(work.values[n][i] is not None for i in block.details)
    ]
    if above and not below and any(work.values[name][block.account] for name in above):
        return [block.account]
    whole = ceilings[block.account]
    if whole is None or sum(ceilings[i] for i in block.details) == whole:
        return block.details
    counted = [
        i for i in block.details if "volume" in work.values and work.values["volume"][i] is not None
    ]
    if counted and sum(ceilings[i] for i in counted) == whole:
        return counted
    _tell_difference(work, block, counted or block.details, whole)
    return counted or block.details


def _tell_difference(work: SheetRows, block: Block, details: list[int], whole: int) -> None:
    total = sum(work.values["ceiling"][i] for i in details)
    message = Message(
        f"pagu akun {block.key['account']} tertulis {grouped(whole)}, rinciannya berjumlah "
        f"{grouped(total)}. "
        "Rincian yang dipakai; periksa keduanya.",
        f"the ceiling of account {block.key['account']} is written as {grouped(whole, 'en')}, "
        f"its details sum to {grouped(total, 'en')}. "
        "The details were used; check both.",
    )
    row = int(work.row_numbers[block.account])
    written = work.raw["ceiling"][block.account]
    work.tell(row, work.position("ceiling"), "ceiling", written, WARNING, "group_differs", message)
