"""A small country with a plan, which questions are asked beside."""

from tests.make import planning as make
from tests.once import made_once
from tests.people import cast


@made_once
def scenario():
    make.country()
    return make.solved(cast.planner())
