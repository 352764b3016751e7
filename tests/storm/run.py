"""One storm from its first start to its verdict."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from pulih.common.errors import Refusal
from tests.meanwhile import until
from tests.storm.book import Book, Story
from tests.storm.clock import Clock
from tests.storm.disk import Disk, small_disk
from tests.storm.installation import Installation, folder_for_storm
from tests.storm.kills import Kills
from tests.storm.verdict import Verdict, between, judge
from tests.storm.watch import Watch
from tests.storm.writers import Writer, writers_of

START_SECONDS = 90
LONGEST_WAIT = 60
# What the clock of the worker does each minute; rung early, so that nobody has to wait.
EACH_MINUTE = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, args, queueing_lock, status)
    SELECT DISTINCT ON (task_name) 'default', task_name,
        jsonb_build_object('timestamp', extract(epoch FROM now())::bigint),
        'storm ' || task_name, 'todo'::procrastinate_job_status
    FROM procrastinate_periodic_defers
    WHERE task_name IN ('inbox.take_up', 'registry.take_up', 'planning.take_up', 'market.take_up',
        'portal.take_up', 'workflow.send', 'budget.seal')
    ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class Asked:
    """kills: how many, at most. pause: seconds between two, from and to.

    while_well: the share of blows that wait until it is well again; the others come while it is
    still getting up. minutes: after which no more is killed. calm_seconds: to settle afterwards.
    """

    kills: int
    seed: int
    pause: tuple[float, float] = (0.2, 1.4)
    while_well: float = 0.7
    minutes: float = 600.0
    calm_seconds: float = 180.0
    has_disk: bool = True
    has_clock: bool = False
    keep: Path | None = None


@dataclass
class Result:
    killed: Counter[str]
    seconds: dict[str, list[float]]
    verdict: Verdict
    left_out: list[str]
    answers: Counter[str]
    odd: list[str]
    took: float
    starts: int
    faults: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return self.verdict.is_good and not self.faults


def run(asked: Asked, story: Story) -> Result:
    """Start, let people write, strike, wait until it is calm, judge, end."""
    begun, left_out = time.monotonic(), []
    with small_disk() as (disk, why_no_disk):
        if not asked.has_disk:
            disk, why_no_disk = None, "it was not asked for"
        if disk is None:
            left_out.append(f"a full disk, because {why_no_disk}")
        with folder_for_storm(disk.path if disk else None) as folder:
            clock = Clock(folder, is_wanted=asked.has_clock)
            if clock.library is None:
                why = "libfaketime is not installed (apt install faketime)"
                why = why if asked.has_clock else "it was not asked for"
                left_out.append(f"a clock that jumps, because {why}")
            result = _storm(asked, story, folder, disk, clock)
    result.left_out, result.took = left_out, time.monotonic() - begun
    return result


def _storm(asked: Asked, story: Story, folder: Path, disk: Disk | None, clock: Clock) -> Result:
    log_path = (asked.keep or folder) / "serve.log"
    with log_path.open("w") as log:
        on = Installation(folder, clock, log)
        world = on.prepare()
        story.say("the world is made")
        with on.kept_alive():
            watch, book = Watch(on), Book(begun=story.begun)
            until(watch.is_well, START_SECONDS)
            story.say("it answers")
            watch.start()
            writers = writers_of(world, on.port, book, asked.seed)
            for one in writers:
                one.start()
            killed = _strike(asked, story, Kills(on, disk, clock, random.Random(asked.seed)), watch)
            clock.set("+0")
            faults = _ended(writers)
            faults += _calm(on, watch, asked.calm_seconds, story)
            watch.stop.set()
            verdict = judge(on, book, world)
            story.say("judged")
        faults += [f"{blow.kind}: it never came back" for blow in watch.open]
    return Result(
        killed, dict(watch.seconds), verdict, [], book.answers, book.odd, 0.0, on.starts, faults
    )


def _strike(asked: Asked, story: Story, kills: Kills, watch: Watch) -> Counter[str]:
    killed: Counter[str] = Counter()
    end = time.monotonic() + 60 * asked.minutes
    for number, kind in enumerate(kills.deck(asked.kills), 1):
        if time.monotonic() > end:
            break
        if kills.chance.random() < asked.while_well:
            _wait(watch.is_well)
        time.sleep(kills.chance.uniform(*asked.pause))
        done, what = _one(kind, kills, watch)
        story.say(f"{number:4} {done}: {what}")
        killed[done] += 1
    return killed


def _one(kind: str, kills: Kills, watch: Watch) -> tuple[str, str]:
    """Strike once; what is not there now is waited for a while, then something else is struck."""
    end = time.monotonic() + 5
    while True:
        is_back = watch.before(kind)
        at = time.monotonic()
        if (what := kills.hit(kind)) is not None:
            if kind.startswith("disk"):
                at = time.monotonic()  # What counts is how long after it was emptied.
            watch.struck(kind, at, is_back)
            return kind, what
        if time.monotonic() > end:
            kind = kills.chance.choice(list(kills.kinds))
        time.sleep(0.05)


def _ended(writers: Sequence[Writer]) -> list[str]:
    """Let everybody finish what is in hand."""
    for one in writers:
        one.stop.set()
    end = time.monotonic() + 60
    for one in writers:
        one.join(max(0.1, end - time.monotonic()))
        one.abandon.set()
    for one in writers:
        one.join(25)
    stopped = [f"{one.name}: {one.fault!r}" for one in writers if one.fault]
    return stopped + [f"{one.name} waits for ever" for one in writers if one.is_alive()]


def _calm(on: Installation, watch: Watch, seconds: float, story: Story) -> list[str]:
    """Wait until nothing stands between two states; what still does is the verdict's to name."""
    end = time.monotonic() + seconds
    said: Any = None
    while time.monotonic() < end:
        try:
            with on.owner() as database:
                database.execute(EACH_MINUTE)
                left = between(database)
        except (psycopg.Error, OSError, Refusal):
            left = {"PostgreSQL": 1}
        if left != said:
            story.say(f"not settled: {left or 'nothing'}")
            said = left
        if not left and watch.is_well() and not watch.open:
            return []
        time.sleep(0.5)
    return [f"after {seconds:g} s of calm, health says {watch.health()}, not settled: {said}"]


def _wait(happened: Any) -> None:
    end = time.monotonic() + LONGEST_WAIT
    while not happened() and time.monotonic() < end:
        time.sleep(0.05)
