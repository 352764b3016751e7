"""The money life of a unit from January to June 2020: generated documents, in the order recorded.

Nothing here is real: parties, numbers and dates are put together by chance, the same ones from the
same seed. What is fixed is where a line stands on 15 June: the sums of its documents are its
commitment, realisation and block.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from pulih.classifications.holidays import is_working_day, working_day
from pulih.common.periods import WIB

from .figures import REPORTED_ON
from .names import WORDS
from .pok import StoryLine

FIRST_DAY, LAST_PAID, LAST_SIGNED = date(2020, 1, 20), date(2020, 5, 26), date(2020, 6, 12)
LAST_KNOWN = datetime(2020, 6, 15, 9, 0, tzinfo=WIB)
IMPREST_ACCOUNTS = ("521115", "524111")  # Small sums, paid out of the treasurer's cash.
BLOCKED_ON, RELEASED_ON = date(2020, 3, 24), date(2020, 5, 18)
BLOCKED_BY = "DJA"
WHY_BLOCKED = "Penghematan perjalanan dan paket rapat sesuai Inpres 4/2020 (dokumen peragaan)"
WHY_RELEASED = "Sebagian blokir dilepas untuk kegiatan IKM terdampak (dokumen peragaan)"
WHY_REVERSED = "Kontrak tercatat dua kali; pencatatan kedua dibatalkan"
STEP = 10_000
LARGE = 12_000_000  # Above it a contract is often paid in two parts.


@dataclass(frozen=True)
class Paper:
    """One document. movements: (line key, amount kind, rupiah). refers_to: kind and number.

    post: who signs it. A reversal names in `refers_to` what it takes back and has no movements.
    """

    kind: str
    number: str
    effective_on: date
    known_at: datetime
    post: str
    movements: tuple[tuple[str, str, int], ...] = ()
    refers_to: tuple[str, str] | None = None
    party: str = ""
    method: str = ""
    reason: str = ""


def papers_of(code: str, lines: list[StoryLine], seed: int) -> list[Paper]:
    """Return all documents of one unit in the order in which they were recorded."""
    writer = _Writer(code, Random(f"{seed} papers {code}"))
    every: list[Paper] = []
    for line in lines:
        every += writer.hold(line)
        imprest = line.key.rpartition(".")[2] in IMPREST_ACCOUNTS
        every += writer.imprest(line) if imprest else writer.contracts(line)
    if found := next((line for line in lines if _room(line) > 2 * LARGE), None):
        every += writer.written_twice(found)
    return sorted(every, key=lambda paper: (paper.known_at, _rank(paper)))


class _Writer:
    """Writes one unit's documents; its numbers run through the year."""

    def __init__(self, code: str, random: Random) -> None:
        self.code, self.random, self.count = code, random, 0
        self.slowness = random.choice((1, 1, 2, 4))  # How late this office writes things down.

    def hold(self, line: StoryLine) -> Iterator[Paper]:
        """Block what is blocked on 15 June and something more, which is released in May."""
        if not line.blocked:
            return
        more = min(_rounded(line.blocked * 0.25), _rounded(_room(line)))
        number = f"S-{212 + int(self.code or 0)}/AG/2020/{self._next()}"
        block = ("block", number)
        movement = (line.key, "block", line.blocked + more)
        paper = self._paper(*block, BLOCKED_ON, "system", (movement,), reason=WHY_BLOCKED)
        yield replace(paper, party=BLOCKED_BY)
        if more:
            back = ((line.key, "block", -more),)
            number = f"S-{480 + int(self.code or 0)}/AG/2020/{self._next()}"
            paper = self._paper("release", number, RELEASED_ON, "system", back, block)
            yield replace(paper, reason=WHY_RELEASED, party=BLOCKED_BY)

    def contracts(self, line: StoryLine) -> Iterator[Paper]:
        """Sign contracts that add up to the commitment, and pay the realisation out of some."""
        parts = self._parts(line.committed, 2 if line.committed < 400_000_000 else 4)
        left = line.realised
        for amount in self.random.sample(parts, len(parts)):
            paid = min(amount, left)
            left -= paid
            yield from self._contract(line, amount, paid)

    def imprest(self, line: StoryLine) -> Iterator[Paper]:
        """Pay small sums that nobody committed before; orders to travel bind the rest."""
        for amount in self._parts(line.realised, 2):
            asked = self._day(FIRST_DAY, date(2020, 6, 5))
            yield from self._payment(line, amount, asked, "GUP", "Bendahara pengeluaran", None)
        if bound := line.committed - line.realised:
            number = f"ST-{self._next():03}/DK/{self.code}/2020"
            day = self._day(date(2020, 3, 2), LAST_SIGNED)
            movement = (line.key, "commitment", bound)
            party = "Pelaksana kegiatan, daftar nominatif"
            yield self._paper("commitment", number, day, "ppk", (movement,), party=party)

    def written_twice(self, line: StoryLine) -> Iterator[Paper]:
        """Record a contract a second time, see it, and take it back by a document."""
        number = f"SPK-{self._next():03}/DK/{self.code}/2020"
        day = self._day(date(2020, 4, 1), date(2020, 5, 15))
        movement = (line.key, "commitment", _rounded(LARGE * self.random.uniform(0.3, 1)))
        wrong = self._paper("commitment", number, day, "ppk", (movement,), party=self._firm())
        back = f"BA-{self._next():03}/DK/{self.code}/2020"
        paper = self._paper("correction", back, working_day(day, 3), "ppk", ())
        yield wrong
        yield replace(self._after(paper, wrong), reason=WHY_REVERSED)

    def _contract(self, line: StoryLine, amount: int, paid: int) -> Iterator[Paper]:
        day = self._day(FIRST_DAY, LAST_PAID if paid else LAST_SIGNED)
        number = f"SPK-{self._next():03}/DK/{self.code}/2020"
        movement = (line.key, "commitment", amount)
        party = self._party(line.key.rpartition(".")[2])
        signed = self._paper("commitment", number, day, "ppk", (movement,), party=party)
        yield signed
        if amount - paid and self.random.random() < 0.15:
            yield from self._waiting(line, amount - paid, party, signed)
        parts = self._parts(paid, 2 if paid > LARGE else 1)
        for part in parts:
            last = min(date(2020, 6, 5), day + timedelta(days=60))
            asked = self._day(working_day(day, 3), max(last, working_day(day, 4)))
            yield from self._payment(line, part, asked, "LS", party, signed)

    def _payment(
        self,
        line: StoryLine,
        amount: int,
        asked_on: date,
        method: str,
        party: str,
        commitment: Paper | None,
    ) -> Iterator[Paper]:
        number = self._next()
        link = (commitment.kind, commitment.number) if commitment else None
        ordered_on = working_day(asked_on, self.random.randint(1, 2))
        paid_on = working_day(ordered_on, self.random.randint(1, 2))
        more: dict[str, Any] = {"party": party, "method": method}
        asks, orders = (line.key, "request", amount), (line.key, "order", amount)
        request = self._paper(
            "spp", f"{number:05}/SPP/2020", asked_on, "ppk", (asks,), link, **more
        )
        if commitment:
            request = replace(request, known_at=self._known(asked_on, commitment))
        order = self._paper("spm", f"{number:05}/2020", ordered_on, "ppspm", (orders,), **more)
        order = self._after(order, request)
        moved = [(line.key, "realisation", amount)]
        if commitment is None:
            moved.insert(0, (line.key, "commitment", amount))
        treasury = f"20{int(self.code or 0):03}1304{number:06}"
        paid = self._paper("sp2d", treasury, paid_on, "treasurer", tuple(moved), **more)
        yield from (request, order, self._after(paid, order))

    def _waiting(self, line: StoryLine, amount: int, party: str, signed: Paper) -> Iterator[Paper]:
        """Ask for what is owed in the last days; some of it is ordered, none of it paid yet."""
        asked_on = max(date(2020, 6, 8), working_day(signed.effective_on, 1))
        if asked_on > LAST_SIGNED:
            return
        number = self._next()
        more: dict[str, Any] = {"party": party, "method": "LS"}
        asks, orders = (line.key, "request", amount), (line.key, "order", amount)
        request = self._paper("spp", f"{number:05}/SPP/2020", asked_on, "ppk", (asks,), **more)
        request = self._after(request, signed)
        yield request
        if asked_on < LAST_SIGNED and self.random.random() < 0.5:
            order = self._paper("spm", f"{number:05}/2020", LAST_SIGNED, "ppspm", (orders,), **more)
            yield self._after(order, request)

    def _after(self, paper: Paper, before: Paper) -> Paper:
        """Let a document follow another, and be written down after it."""
        known = self._known(paper.effective_on, before)
        return replace(paper, refers_to=(before.kind, before.number), known_at=known)

    def _paper(
        self,
        kind: str,
        number: str,
        day: date,
        post: str,
        movements: tuple[tuple[str, str, int], ...],
        refers_to: tuple[str, str] | None = None,
        **more: str,
    ) -> Paper:
        return Paper(kind, number, day, self._known(day), post, movements, refers_to, **more)

    def _known(self, day: date, after: Paper | None = None) -> datetime:
        """Return when the office wrote it down: some days later, and never before what it names."""
        late = timedelta(days=self.random.randint(0, 3) * self.slowness)
        hour = time(self.random.randint(8, 15), self.random.randint(0, 59), tzinfo=WIB)
        known = min(datetime.combine(day + late, hour), LAST_KNOWN)
        return max(known, after.known_at + timedelta(minutes=1)) if after else known

    def _parts(self, amount: int, most: int) -> list[int]:
        """Split an amount into one to `most` round parts; the last takes what is left."""
        count = self.random.randint(1, most) if amount > 100 * STEP else 1
        weights = [self.random.uniform(0.5, 1.5) for _ in range(count)]
        parts = [_rounded(amount * weight / sum(weights)) for weight in weights[:-1]]
        return [part for part in (*parts, amount - sum(parts)) if part]

    def _day(self, first: date, last: date) -> date:
        day = first + timedelta(days=self.random.randint(0, (last - first).days))
        return day if is_working_day(day) else working_day(day, 1)

    def _party(self, account: str) -> str:
        if account == "522151":
            return "Instruktur dan narasumber, daftar honorarium"
        if account.startswith("524"):
            return "Pelaksana perjalanan, daftar nominatif"
        return self._firm()

    def _firm(self) -> str:
        words = " ".join(self.random.sample(WORDS["place_words"], 2))
        return f"{self.random.choice(('CV', 'UD', 'PT'))} {words} (peragaan)"

    def _next(self) -> int:
        self.count += 1
        return self.count


def monthly_plan(code: str, ceiling: int, seed: int) -> dict[int, int]:
    """Return page III of one unit and spending type: rupiah by month, adding up to the ceiling."""
    random = Random(f"{seed} page three {code}")
    usual = (0.3, 1, 2.5, 4.5, 6, 9, 13, 16, 16, 14, 11.7, 6)
    weights = [share * random.uniform(0.85, 1.15) for share in usual]
    plan = {
        month: _rounded(ceiling * weight / sum(weights)) for month, weight in enumerate(weights, 1)
    }
    return plan | {12: ceiling - sum(plan.values()) + plan[12]}


def _room(line: StoryLine) -> int:
    return line.ceiling - line.blocked - line.committed


def _rank(paper: Paper) -> int:
    return ("block", "release", "commitment", "spp", "spm", "sp2d", "correction").index(paper.kind)


def _rounded(amount: float) -> int:
    return int(amount // STEP) * STEP


assert REPORTED_ON >= LAST_SIGNED
