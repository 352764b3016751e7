"""Keep web and worker running until somebody says stop; then end all of it within ten seconds."""

from __future__ import annotations

import select
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pulih.config.children import Child
from pulih.config.postgres_server import Server
from pulih.config.signals import ENDING


@dataclass
class Supervisor:
    """Children end in the order given; the server is only watched: its owner stops it after them.

    say: writes a line for who reads the log.
    ready: asked again and again until it says yes, once the children were started.
    """

    children: list[Child]
    server: Server | None
    say: Callable[[str], None]
    ready: Callable[[], bool]

    def run(self) -> None:
        """Return when told to end, with every child gone."""
        with _signals() as receiver:
            for child in self.children:
                child.start()
            try:
                is_ready = False
                while not _told_to_end(receiver, within=1.0 if is_ready else 0.1):
                    is_ready = is_ready or self.ready()
                    self._look_after()
            finally:
                for child in self.children:
                    child.stop()

    def _look_after(self) -> None:
        if self.server is not None and not self.server.is_running():
            self.say("PostgreSQL ended; starting it again")
            self.server.start()
        for child in self.children:
            if happened := child.revive(time.monotonic()):
                self.say(happened)


@contextmanager
def _signals() -> Iterator[socket.socket]:
    """Turn signals into bytes on a socket: handlers that do nothing cannot do harm."""
    receiver, sender = socket.socketpair()
    sender.setblocking(False)
    before = {number: signal.signal(number, _note) for number in (*ENDING, signal.SIGCHLD)}
    before_wakeup = signal.set_wakeup_fd(sender.fileno())
    try:
        yield receiver
    finally:
        signal.set_wakeup_fd(before_wakeup)
        for number in ENDING:  # A second Ctrl-C may not disturb what is left to end.
            signal.signal(number, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, before[signal.SIGCHLD])
        receiver.close()
        sender.close()


def _note(number: int, frame: object) -> None:
    """Let the byte on the socket speak."""


def _told_to_end(receiver: socket.socket, *, within: float) -> bool:
    readable, _, _ = select.select([receiver], [], [], within)
    return bool(readable) and any(number in ENDING for number in receiver.recv(64))
