"""Thousands of requests that are refused as they should be."""

import logging

import pytest


@pytest.fixture(autouse=True)
def _write_down_no_refusal(caplog: pytest.LogCaptureFixture) -> None:
    """A log keeps a traceback of each 403, which takes longer than to refuse it."""
    caplog.set_level(logging.ERROR, "django.request")
