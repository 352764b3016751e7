"""What writers were told, and the story of a run: both are asked once all is over."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TextIO

from tests.storm.client import Answer

TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)


@dataclass
class Book:
    """The answers that writers got.

    documents, files: rupiah by number, rows by digest, of what was acknowledged. refused: numbers
    that were refused. unknown: what was sent and never answered. answers: how often each status.
    odd: when and where an answer came that a person should never get, and how it begins.
    """

    documents: dict[str, int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    proposals: set[str] = field(default_factory=set)
    answers: Counter[str] = field(default_factory=Counter)
    odd: list[str] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def acknowledge(self, kind: dict[str, int], name: str, value: int) -> None:
        with self.lock:
            kind[name] = value

    def refuse(self, name: str) -> None:
        with self.lock:
            self.refused.add(name)

    def answered(self, what: str) -> None:
        with self.lock:
            self.answers[what] += 1

    def note(self, answer: Answer) -> None:
        """Count an answer, and keep where it came from if it is an odd one."""
        self.answered(f"{answer.status}")
        if answer.status == 404 or (answer.status >= 500 and answer.status != 503):
            begins = " ".join(TAG.sub(" ", answer.text).split())[:300]
            at = time.monotonic() - self.begun
            with self.lock:
                self.odd.append(f"{at:.2f} {answer.asked}: {answer.status} {begins}")


class Story:
    """What happened when, line by line."""

    def __init__(self, out: TextIO | None = None) -> None:
        self.begun = time.monotonic()
        self.lines: list[str] = []
        self.out = out

    def say(self, words: str) -> None:
        line = f"{time.monotonic() - self.begun:8.2f}  {words}"
        self.lines.append(line)
        if self.out is not None:
            print(line, file=self.out, flush=True)
