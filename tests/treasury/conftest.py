"""An officer who is treasurer of a unit, and a line of it."""

import pytest

from pulih.people.scope import speaking_for
from tests.people import cast

from .delivered import made


@pytest.fixture
def officer():
    person = cast.provincial_officer()
    with speaking_for(person):
        yield person


@pytest.fixture
def line(officer):
    return made(ceiling=100_000_000)
