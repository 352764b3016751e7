"""What offices asked for in 2019 comes through the inbox, as any office's own sheet."""

import pytest

from pulih.people.scope import speaking_for
from pulih.proposals.models import EarlierProposal
from pulih.scenarios.covid_2020 import delivering, earlier
from tests.people import cast

SEED = 2020


def test_the_same_seed_writes_the_same_sheets(tmp_path):
    written = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        sheets = earlier.write_sheets(tmp_path / name, SEED)
        written.append([one.path.read_bytes() for one in sheets])
    assert written[0] == written[1]
    assert len(set(written[0])) == len(earlier.PROVINCES)


@pytest.mark.django_db
def test_a_sheet_is_read_whole_and_each_proposal_says_what_it_was_for(tmp_path):
    delivery = next(earlier.write_sheets(tmp_path, SEED))
    by = cast.planner()
    with speaking_for(by):
        delivering.deliver_one(delivery, by)
    kept = EarlierProposal.objects.counting()
    assert {(one.fiscal_year, one.province.name) for one in kept} == {(2019, "Jawa Barat")}
    assert all(one.measure and one.people and one.outcome for one in kept)
    assert all(one.title.endswith("(peragaan)") and one.rows.count() == 2 for one in kept)
    assert len(kept) >= 6
