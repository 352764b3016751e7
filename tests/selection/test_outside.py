"""What outsiders check, in cases drawn from the contract: `python -m tests.outside select`."""

import pytest

from tests.examples import examples
from tests.selection.outside import objections


@pytest.mark.parametrize("seed", range(examples(15)))
def test_a_case_of_strangers_is_answered_as_trying_everything_says(seed, tmp_path):
    assert list(objections(seed, tmp_path)) == []
