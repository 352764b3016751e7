"""The web server's process: `python -m pulih.config.web`."""

from __future__ import annotations

from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from pulih.config import settings
from pulih.config.bind import host_and_port
from pulih.config.children import end_with_parent
from pulih.config.faults import end_if_refused

CONNECTIONS = (
    4_000  # Kept open at once: a browser keeps six, and says nothing for most of the time.
)
HEADER_MILLISECONDS = 10_000


def main() -> None:
    end_with_parent()
    end_if_refused()
    host, port = host_and_port(settings.BIND)
    Granian(
        "pulih.config.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        backpressure=CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_MILLISECONDS),
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=2,
        ssl_cert=Path(settings.TLS_CERTIFICATE) if settings.TLS_CERTIFICATE else None,
        ssl_key=Path(settings.TLS_KEY) if settings.TLS_KEY else None,
    ).serve()


if __name__ == "__main__":
    main()
