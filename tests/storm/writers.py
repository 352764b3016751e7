"""People at work during a storm: each brings one thing after another until it has an answer."""

from __future__ import annotations

import hashlib
import random
import threading
import time
from abc import abstractmethod
from typing import Any

from tests.storm.book import Book
from tests.storm.client import Answer, Client, Cut
from tests.storm.world import CEILING, PASSWORD

DAY = "2020-06-15"
HEADS = "Nama Usaha;Nama Pemilik;NIK;NIB;Telepon;KBLI;Produk;Tenaga Kerja"
LONGEST_LOOK = 60.0  # Seconds that somebody looks at a page that is not done.
AGAIN = (0, 403, 429, 500, 502, 503)  # 403: the token of a page before the session was renewed.


class Writer(threading.Thread):
    """One person's program. What has no answer is brought again; so does a person."""

    def __init__(self, number: int, port: int, person: str, book: Book, seed: int) -> None:
        super().__init__(name=f"{type(self).__name__}-{number}", daemon=True)
        self.number, self.book = number, book
        self.client = Client(port, person, PASSWORD)
        self.chance = random.Random(f"{seed}-{self.name}")
        self.stop, self.abandon = threading.Event(), threading.Event()
        self.fault: BaseException | None = None

    def run(self) -> None:
        try:
            for count in range(1_000_000):
                if self.stop.is_set():
                    return
                self.bring(count)
        except BaseException as fault:
            self.fault = fault
            raise

    def wait_for(self, path: str) -> None:
        """Let what was asked for come to its end first: nobody brings more than is worked off."""
        until = time.monotonic() + LONGEST_LOOK
        while not self.stop.is_set() and time.monotonic() < until:
            try:
                if self.client.has_ended(path):
                    return
            except Cut:
                self.book.answered("no answer")
            self.stop.wait(0.5)

    @abstractmethod
    def bring(self, count: int) -> None:
        """Bring one thing."""

    def asked(self, ask: Any) -> Answer | None:
        """Ask once; None when nothing was answered or it is to be asked again."""
        try:
            answer: Answer = ask()
            if answer.asks_to_sign_in:
                self.client.sign_in()
                return None
        except Cut:
            self.book.answered("no answer")
            time.sleep(0.05)
            return None
        self.book.note(answer)
        if answer.status in AGAIN:
            time.sleep(0.1)
            return None
        return answer

    def until_answered(self, ask: Any) -> Answer | None:
        """Ask again and again; None when nobody waits any longer."""
        while not self.abandon.is_set():
            if (answer := self.asked(ask)) is not None:
                return answer
        return None


class Clerk(Writer):
    """Posts letters that block money; two neighbours bring the same letter now and then."""

    lines: list[int]

    def bring(self, count: int) -> None:
        is_shared = count % 5 == 0
        owner = f"{self.number // 2}" if is_shared else f"{self.number}-own"
        name = f"STORM-{owner}-{count}"
        chance = random.Random(name)
        line, rupiah = chance.choice(self.lines), chance.randint(1, CEILING // 400)
        if chance.random() < 0.05:
            rupiah = 2 * CEILING  # More than there is: refused.
        body = {
            "kind": "block", "office": "KPA", "rupiah": rupiah, "number": name,
            "effective_on": DAY, "reason": "Uji",
        }  # fmt: skip
        path = f"/api/v1/budget/lines/{line}/hold"
        if self.chance.random() < 0.1:  # Its machine is switched off before the answer.
            self.asked(lambda: self.client.post_json(path, body, hang_up=True))
        answer = self.until_answered(lambda: self.client.post_json(path, body))
        if answer is None:
            self.book.unknown.add(name)
        elif answer.status == 200:
            self.book.acknowledge(self.book.documents, name, rupiah)
        elif answer.status in (409, 422):
            self.book.refuse(name)
        else:
            raise AssertionError(f"{name}: {answer}")
        time.sleep(self.chance.uniform(0, 0.1))


class Office(Writer):
    """Delivers lists of firms; the same list again is refused by its content, so it is there."""

    office: int

    def bring(self, count: int) -> None:
        rows = self.chance.randint(1, 60)
        name = f"daftar-{self.number}-{count}.csv"
        content = self._list(count, rows)
        digest = hashlib.sha256(content).hexdigest()
        fields = {"kind": "firms", "office": str(self.office), "as_of": DAY}
        while not self.abandon.is_set():
            answer = self.until_answered(
                lambda: self.client.send_file("/inbox/deliver/", fields, name, content)
            )
            if answer is not None and self._is_taken(answer, name):
                self.book.acknowledge(self.book.files, digest, rows)
                if (number := answer.location.rstrip("/").rpartition("/")[2]).isdigit():
                    self.wait_for(f"/inbox/{number}/progress/")
                break
        else:
            self.book.unknown.add(digest)
        time.sleep(self.chance.uniform(0.2, 1.0))

    def _is_taken(self, answer: Answer, name: str) -> bool:
        """Tell whether the answer says that the list is kept, now or before."""
        if answer.status not in (302, 303):
            raise AssertionError(f"{name}: {answer}")
        if answer.location.rstrip("/").rpartition("/")[2].isdigit():
            return True
        page = self.asked(lambda: self.client.get("/inbox/"))
        return page is not None and (
            f"{name}: This file was already delivered" in page.text
            or f"{name}: This file is being read already" in page.text
        )

    def _list(self, count: int, rows: int) -> bytes:
        lines = [
            f"Konveksi {self.number}-{count}-{row};Pemilik {row};;;;14111;Baju;{row % 9 + 1}"
            for row in range(rows)
        ]
        return "\n".join([HEADS, *lines]).encode()


class Planner(Writer):
    """Makes a new version of a scenario, has it solved, and sees it end."""

    scenario: int

    def bring(self, count: int) -> None:
        made = self.until_answered(
            lambda: self.client.post(f"/scenarios/{self.scenario}/again/", {})
        )
        if made is None or made.status not in (302, 303):
            return
        draft = int(made.location.split("/")[2])
        self.until_answered(lambda: self.client.post(f"/scenarios/{draft}/solve/", {}))
        self.wait_for(f"/scenarios/{draft}/progress/")


class Decider(Writer):
    """Proposes to adopt a plan, or refuses what the other proposed: each tells somebody."""

    scenario: int
    proposes: bool

    def bring(self, count: int) -> None:
        word = "adopt/" if self.proposes else "adopt/decide/"
        fields = {"reason": f"STORM-{self.number}-{count}"}
        self.asked(lambda: self.client.post(f"/scenarios/{self.scenario}/{word}", fields))
        time.sleep(self.chance.uniform(0.1, 0.5))


def writers_of(world: dict[str, Any], port: int, book: Book, seed: int) -> list[Writer]:
    """Return the eight who write."""
    made: list[Writer] = []
    for number in range(3):
        clerk = Clerk(number, port, world["officers"][0], book, seed)
        clerk.lines = world["lines"]
        made.append(clerk)
    for number, person in enumerate(world["officers"]):
        office = Office(number, port, person, book, seed)
        office.office = world["offices"][number]
        made.append(office)
    planner = Planner(0, port, world["planners"][0], book, seed)
    planner.scenario = world["scenario"]
    made.append(planner)
    for number, person in enumerate(world["planners"]):
        decider = Decider(number, port, person, book, seed)
        decider.scenario, decider.proposes = world["scenario"], number == 0
        made.append(decider)
    return made
