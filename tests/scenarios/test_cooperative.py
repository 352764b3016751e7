"""The list of a second office: with it there is something to join, to look at and to count once."""

from datetime import date

import pytest

from pulih.areas.models import Area
from pulih.inbox import actions as inbox
from pulih.inbox.models import State
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.registry import actions as registry
from pulih.registry import review_queue, twice
from pulih.registry.models import Merge
from pulih.scenarios.covid_2020 import cooperative
from pulih.scenarios.covid_2020.files import count_files, write_files
from pulih.scenarios.covid_2020.firms import firms_of
from pulih.scenarios.covid_2020.people import CAST, add_people
from pulih.scenarios.covid_2020.shares import province_shares

SEED = 2020
FIRMS = 3_000


@pytest.fixture(scope="module")
def share():
    return next(one for one in province_shares(FIRMS, SEED) if one.code == cooperative.PROVINCE)


def test_it_names_people_of_the_provinces_list_and_no_number_can_be_a_persons(share):
    listed = {firm.nik for firm in firms_of(share, SEED)}
    found = list(cooperative.firms_listed(share, SEED))
    assert 6 <= len(found) <= cooperative.MOST
    assert {firm.nik for firm in found} <= {*listed, None}
    assert all(firm.nik is None or firm.nik[12:] >= "9000" for firm in found)
    assert all(firm.phone is None or firm.phone[4:8] == "0000" for firm in found)


def test_the_same_seed_writes_the_same_list(share, tmp_path):
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    one, two = (cooperative.write_list(folder, share, SEED).read_bytes() for folder in folders)
    assert one == two


@pytest.mark.django_db
def test_some_firms_are_joined_some_wait_and_some_would_be_counted_twice(tmp_path):
    people = add_people({character.username: "x" for character in CAST})
    files = list(write_files(tmp_path, FIRMS, SEED))
    assert len(files) == count_files(FIRMS, SEED)
    regency = next(one for one in files if one.path.name == cooperative.FILE)
    province = next(one for one in files if one.path.name.startswith("32_Data_"))
    assert regency.as_of < province.as_of < date(2020, 6, 1)
    with speaking_for(people["perencana"]):
        for delivery in (province, regency):
            _deliver(delivery, people["perencana"])
        registry.relink(by=people["perencana"])
    with speaking_for(people["indramayu"]):
        assert review_queue.standing(people["indramayu"]).waiting >= 1
        assert Merge.objects.visible_to(people["indramayu"]).standing().count() >= 2
    with speaking_for(people["jabar"]):
        counts = twice.counts(twice.rows_of(twice.offered(people["jabar"])))
    assert min(counts.values()) >= 1, counts


def _deliver(delivery, by: User):
    office = Area.objects.get(pk=delivery.office_id)
    with delivery.path.open("rb") as file:
        batch = inbox.deliver(
            file, name=delivery.path.name, kind=delivery.kind, office=office, by=by,
            as_of=delivery.as_of,
        )  # fmt: skip
    read = inbox.read(batch.pk)
    assert read.state == State.DONE
    assert read.rejected <= read.rows // 100
