"""The web server's process: `python -m pulih.config.web`."""

from __future__ import annotations

from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from pulih.config import settings
from pulih.config.bind import host_and_port
from pulih.config.children import end_with_parent


def main() -> None:
    end_with_parent()
    host, port = host_and_port(settings.BIND)
    Granian(
        "pulih.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=settings.WEB_THREADS,
        backpressure=settings.WEB_THREADS * 8,
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=2,
        ssl_cert=Path(settings.TLS_CERTIFICATE) if settings.TLS_CERTIFICATE else None,
        ssl_key=Path(settings.TLS_KEY) if settings.TLS_KEY else None,
    ).serve()


if __name__ == "__main__":
    main()
