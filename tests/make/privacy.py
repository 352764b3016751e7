"""Requests about personal data with defaults."""

from datetime import date
from typing import Any

from pulih.delivery.models import Person
from pulih.privacy import actions
from pulih.privacy.models import DataRequest
from pulih.registry.models import Enterprise
from tests.people import cast

DAY = date(2020, 7, 1)


def asked(about: Person | Enterprise, **values: Any) -> DataRequest:
    """Let somebody of Indramayu ask, in words, for what `kind` says."""
    usual = {"kind": "copy", "received_on": DAY, "said": "Saya minta salinan data saya."}
    by = {"by": cast.regency_officer(), "today": DAY}
    return actions.receive(about, **{**usual, **by, **values})
