"""What outsiders check, in lists drawn from the contract: `python -m tests.outside link`."""

import pytest

from tests.examples import examples
from tests.linkage.outside import objections


@pytest.mark.parametrize("seed", range(examples(3)))
def test_a_list_of_strangers_is_clustered_as_promised(seed, tmp_path):
    assert list(objections(seed, tmp_path)) == []
