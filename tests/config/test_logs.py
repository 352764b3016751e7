"""What is written to the log, and what never is."""

import logging

from pulih.config.logs import configure


def test_no_address_that_opens_something_is_logged(capsys):
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    try:
        configure({"level": "INFO"})
        try:
            raise ValueError("/l/s3cret-of-somebody")
        except ValueError:
            logging.getLogger("django.request").exception("Failed: %s", "/l/s3cret_address?a=1")
            logging.getLogger("django.request").warning(
                "Not Found: %s", "/accounts/password/reset/key/1x-d0a6ta-s3cret01/"
            )
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    written = capsys.readouterr().err
    assert "Failed: /l/…?a=1" in written
    assert "/accounts/password/reset/key/…/" in written
    assert "s3cret" not in written
