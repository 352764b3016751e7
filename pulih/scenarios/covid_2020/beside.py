"""A part of the story that is lived through beside the others, in a process of its own.

    with beside("money", wanted) as ended:
        ...                                  # Whatever does not need what the part brings.
        ended()

What it writes down itself is kept as it goes, so a build that is stopped goes on with it.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from pulih.common.errors import Message, Refusal

from .wanted import Wanted

Beside = Callable[[str, Wanted], AbstractContextManager[Callable[[], None]]]
COMMAND = (sys.executable, "-m", "pulih.config.django_process", "demo")


@contextmanager
def beside(part: str, wanted: Wanted) -> Iterator[Callable[[], None]]:
    """Have a part lived through meanwhile; the function given waits for its end. May refuse."""
    words = [f"--firms={wanted.firms}", f"--seed={wanted.seed}", f"--folder={wanted.folder}"]
    command = [*COMMAND, f"--part={part}", *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:  # noqa: S603  Ours.

        def ended() -> None:
            # Its input stays open until it has ended: that is how it knows that we live.
            if process.wait():
                raise Refusal(
                    Message(
                        f"Bagian “{part}” dari peragaan gagal; sebabnya tertulis di atas.",
                        f"The part “{part}” of the demo failed; the reason stands above.",
                    )
                )

        try:
            yield ended
        finally:
            process.terminate()
