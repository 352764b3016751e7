"""One JSON object a line, for people with grep and for machines alike."""

from __future__ import annotations

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

from pulih.common.identity_numbers import NIK_LIKE, cut_in

CHATTY = ("axes.apps", "procrastinate")  # Tell of every start and every job.
# Whoever reads an address of an access link, or one that sets a new password, may open it; a log
# keeps that one was asked for.
LINK = re.compile(r"(?:(?<=/l/)|(?<=/reset/key/))[\w%-]+")


def without_numbers(_logger: Any, _name: str, line: MutableMapping[str, Any]) -> Any:
    """Cut whatever looks like a NIK, such as one that was searched for, out of every text."""
    for key, value in line.items():
        if isinstance(value, str):
            line[key] = cut_in(value, pattern=NIK_LIKE)
    return line


def without_links(_logger: Any, _name: str, line: MutableMapping[str, Any]) -> Any:
    """Cut the addresses of access links out of every text of a line."""
    for key, value in line.items():
        if isinstance(value, str):
            line[key] = LINK.sub("…", value)
    return line


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def configure(options: dict[str, Any]) -> None:
    """Send our own and everybody else's lines to standard error in one form.

    options: `level`, the least that is written.
    """
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                without_links,
                without_numbers,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            foreign_pre_chain=SHARED,
        )
    )
    root = logging.getLogger()
    root.handlers = [held for held in root.handlers if not _is_ours(held)] + [handler]
    root.setLevel(options["level"])
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def _is_ours(handler: logging.Handler) -> bool:
    return isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter)
