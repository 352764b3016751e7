"""What outsiders check, in tables drawn from the contract: `python -m tests.outside protect`."""

import pytest

from tests.disclosure.outside import objections
from tests.examples import examples


# In the last an answer stayed while the whole, hidden both times, moved.
@pytest.mark.parametrize("seed", [*range(examples(10)), 688])
def test_a_table_of_strangers_withstands_the_attacker(seed, tmp_path):
    assert list(objections(seed, tmp_path)) == []
