"""A small country with a plan, which questions are asked beside."""

import pytest

from tests.make import planning as make
from tests.people import cast


@pytest.fixture
def scenario():
    make.country()
    return make.solved(cast.planner())
