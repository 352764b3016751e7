"""Judge answers of `pulih link`: every record once, ids as promised, the same in any order."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pulih.linkage.command import main
from tests.linkage.outside_cases import COLUMNS, Listing, listing
from tests.outside import Answer, Rows, run_here, run_program, write_table

COUNTS = {"records", "pairs_compared", "matches", "reviews", "enterprises", "seconds", "peak_mb"}
SECONDS = {"read", "block", "compare", "cluster", "total"}


def objections(seed: int, folder: Path, *, program: bool = False) -> Iterator[str]:
    chance = random.Random(seed)
    listed = listing(chance)
    runs = [_link(listed.rows, folder, name, chance, program=program) for name in "ab"]
    yield from Judge(listed, runs[0]).objections()
    if runs[0].status in (0, 1) and _timeless(runs[0]) != _timeless(runs[1]):
        yield "another order of rows and form of file gives another answer"
    if runs[0].status in (0, 1) and chance.random() < 0.5:
        yield from _against(listed, folder, chance, program=program)


def _link(
    rows: Rows, folder: Path, name: str, chance: random.Random, *options: str, program: bool
) -> Answer:
    records = write_table(COLUMNS, rows, folder / f"records_{name}", chance)
    out = folder / name
    out.mkdir()
    arguments = [str(records), "--out", str(out / "clusters.csv"), "--json", *options]
    arguments += ["--pairs", str(out / "pairs.csv")]
    return run_program("link", arguments, out) if program else run_here(main, arguments, out)


def _timeless(answer: Answer) -> Any:
    told = json.loads(answer.printed)
    return {k: v for k, v in told.items() if k not in ("seconds", "peak_mb")}, answer.files


def order(record_id: str) -> tuple[bool, int, str]:
    """Whole numbers numerically before text."""
    is_number = record_id.isascii() and record_id.isdigit()
    return not is_number, int(record_id) if is_number else 0, record_id


class Judge:
    def __init__(self, listed: Listing, answer: Answer) -> None:
        self.listed, self.answer = listed, answer

    def objections(self) -> Iterator[str]:
        answer = self.answer
        if answer.status not in (0, 1):
            yield f"exit {answer.status}: {answer.told[-300:]} {answer.printed[-300:]}"
            return
        told = json.loads(answer.printed)
        if not set(told) >= COUNTS or not set(told["seconds"]) >= SECONDS:
            yield f"--json prints {sorted(told)}"
        if answer.status != (1 if told.get("findings") else 0):
            yield f"exit {answer.status} with findings {told.get('findings')}"
        clusters = {r["record_id"]: r["enterprise_id"] for r in answer.table("clusters.csv")}
        yield from self._clusters(clusters)
        yield from self._pairs(clusters, told)
        if told["records"] != len(self.listed.rows):
            yield f"told {told['records']} records of {len(self.listed.rows)}"
        if told["enterprises"] != len(set(clusters.values())):
            yield f"told {told['enterprises']} enterprises"

    def _clusters(self, clusters: dict[str, str]) -> Iterator[str]:
        rows = self.answer.table("clusters.csv")
        ids = [row["record_id"] for row in rows]
        if sorted(ids) != sorted(self.listed.firm_of):
            yield "clusters does not hold every record once"
        members = defaultdict(list)
        for record, enterprise in clusters.items():
            members[enterprise].append(record)
        for enterprise, records in members.items():
            if enterprise != min(records, key=order):
                yield f"enterprise {enterprise} of {records} is not the smallest id"
        if ids != sorted(ids, key=order):
            yield "clusters is not sorted by record_id"
        firms = self.listed.firm_of
        wrong = sum(len({firms[record] for record in each}) - 1 for each in members.values())
        if wrong > max(1, len(ids) // 20):
            yield f"{wrong} firms of {len(set(firms.values()))} are merged with others"

    def _pairs(self, clusters: dict[str, str], told: Any) -> Iterator[str]:
        rows = self.answer.table("pairs.csv")
        head = next(csv.reader(io.StringIO(self.answer.files["pairs.csv"])))
        if head[:5] != ["record_a", "record_b", "probability", "decision", "evidence"]:
            yield f"pairs has columns {head}"
        keys = [(order(row["record_a"]), order(row["record_b"])) for row in rows]
        if keys != sorted(set(keys)):
            yield "pairs is not sorted, or holds a pair twice"
        for row in rows:
            pair = row["record_a"], row["record_b"]
            if not order(pair[0]) < order(pair[1]) or not set(pair) <= set(clusters):
                yield f"the pair {pair}"
            if row["decision"] not in ("match", "review"):
                yield f"the decision {row}"
            if not 0 <= float(row["probability"]) <= 1 or not row["evidence"]:
                yield f"the probability or evidence {row}"
            if row["decision"] == "match" and clusters[pair[0]] != clusters[pair[1]]:
                yield f"{pair} match and are two enterprises"
        for decision, name in (("match", "matches"), ("review", "reviews")):
            if told[name] != sum(row["decision"] == decision for row in rows):
                yield f"told {told[name]} {name}"
        yield from self._joined_by_pairs(clusters, rows)

    def _joined_by_pairs(self, clusters: dict[str, str], rows: Rows) -> Iterator[str]:
        """Whoever share an enterprise hang together by matches."""
        above = {record: record for record in clusters}

        def root(record: str) -> str:
            while above[record] != record:
                record = above[record]
            return record

        for row in rows:
            if row["decision"] == "match":
                above[root(row["record_a"])] = root(row["record_b"])
        for record, enterprise in clusters.items():
            if root(record) != root(enterprise):
                yield f"{record} is of {enterprise} without matches that lead there"


def _against(
    listed: Listing, folder: Path, chance: random.Random, *, program: bool
) -> Iterator[str]:
    """Some records as a register that is clustered already, the rest as arrivals."""
    rows = chance.sample(listed.rows, len(listed.rows))
    cut = chance.randint(0, len(rows))
    known, arrivals = rows[:cut], rows[cut:]
    first = _link(known, folder, "known", chance, program=program)
    if first.status not in (0, 1):
        yield f"the register alone: exit {first.status} {first.told[-200:]}"
        return
    register = next(folder.glob("records_known.*"))
    options = ("--against", str(register), "--against-clusters", str(folder / "known/clusters.csv"))
    answer = _link(arrivals, folder, "arrivals", chance, *options, program=program)
    if answer.status not in (0, 1):
        yield f"against: exit {answer.status} {answer.told[-200:]} {answer.printed[-300:]}"
        return
    before = {r["record_id"]: r["enterprise_id"] for r in first.table("clusters.csv")}
    clusters = {r["record_id"]: r["enterprise_id"] for r in answer.table("clusters.csv")}
    if sorted(clusters) != sorted(row["record_id"] for row in arrivals):
        yield "against: clusters does not hold the arrivals and no others"
    members = defaultdict(list)
    for record, enterprise in clusters.items():
        members[enterprise].append(record)
    for enterprise, records in members.items():
        if enterprise not in set(before.values()) and enterprise != min(records, key=order):
            yield f"against: the new enterprise {enterprise} of {records}"
    for row in answer.table("pairs.csv"):
        found = {(before | clusters).get(row[c]) for c in ("record_a", "record_b")}
        if None in found or (row["decision"] == "match" and len(found) != 1):
            yield f"against: {row} joins {found}"
        if row["record_a"] in before and row["record_b"] in before:
            yield f"against: a pair of known records {row}"
