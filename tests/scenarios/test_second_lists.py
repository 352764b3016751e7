"""Lists of other offices: with them there is something to join, to look at and to count once."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pulih.areas.models import Area
from pulih.inbox import actions as inbox
from pulih.inbox.models import State
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.registry import actions as registry
from pulih.registry import identity_findings, overlaps, review_queue
from pulih.registry.models import Merge
from pulih.scenarios.covid_2020 import second_lists
from pulih.scenarios.covid_2020.files import count_files, write_files
from pulih.scenarios.covid_2020.firms import firms_of
from pulih.scenarios.covid_2020.people import CAST, add_people
from pulih.scenarios.covid_2020.second_lists import COOPERATIVE, SECOND_LISTS
from pulih.scenarios.covid_2020.shares import province_shares
from tests.once import made_once

SEED = 2020
FIRMS = 3_000


@pytest.fixture(scope="module")
def shares():
    return {share.code: share for share in province_shares(FIRMS, SEED)}


@pytest.mark.parametrize("wanted", SECOND_LISTS, ids=lambda one: one.file)
def test_each_lists_people_of_its_regency_and_no_number_can_be_a_persons(shares, wanted):
    share = shares[wanted.province]
    districts = {firm.district for firm in firms_of(share, SEED)
                 if firm.regency.name == wanted.regency}  # fmt: skip
    found = list(second_lists.firms_listed(wanted, share, SEED))
    assert 6 <= len(found) <= wanted.most
    assert {firm.district for firm in found} <= districts
    assert all(firm.nik is None or firm.nik[12:] >= "9000" for firm in found)
    assert all(firm.phone is None or firm.phone[4:8] == "0000" for firm in found)


def test_the_cooperative_office_knows_only_people_of_the_provinces_list(shares):
    listed = {firm.nik for firm in firms_of(shares["32"], SEED)}
    found = second_lists.firms_listed(COOPERATIVE, shares["32"], SEED)
    assert {firm.nik for firm in found} <= {*listed, None}


@pytest.mark.parametrize("wanted", SECOND_LISTS, ids=lambda one: one.file)
def test_the_same_seed_writes_the_same_list(shares, wanted, tmp_path):
    share = shares[wanted.province]
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    one, two = (second_lists.write(at, wanted, share, SEED).read_bytes() for at in folders)
    assert one == two


@made_once
def people(db):
    """The cast, once the lists of both provinces and of their offices are in and linked."""
    cast = add_people({character.username: "x" for character in CAST})
    others = {wanted.file for wanted in SECOND_LISTS}
    with TemporaryDirectory() as folder, speaking_for(cast["perencana"]):
        files = list(write_files(Path(folder), FIRMS, SEED))
        assert len(files) == count_files(FIRMS, SEED)
        wanted = [one for one in files if one.path.name in others or _is_of(one, "32", "63")]
        assert all(one.as_of < date(2020, 6, 1) for one in wanted)
        for delivery in wanted:
            _deliver(delivery, cast["perencana"])
        registry.relink(by=cast["perencana"])
    return cast


def test_every_office_has_firms_to_join_pairs_to_look_at_and_people_to_count_once(people):
    for name in ("indramayu", "jabar", "kalsel"):
        with speaking_for(people[name]):
            assert review_queue.summary(people[name]).waiting >= 1, name
            assert Merge.objects.visible_to(people[name]).in_force().count() >= 2, name
    for name in ("indramayu", "jabar"):
        with speaking_for(people[name]):
            counts = overlaps.counts(overlaps.rows_of(overlaps.offered(people[name])))
        assert min(counts.values()) >= 1, (name, counts)
    with speaking_for(people["kalsel"]):
        counts = overlaps.counts(overlaps.rows_of(overlaps.offered(people["kalsel"])))
    assert counts["enterprise"] >= 1
    assert counts["owner"] >= 1


def test_a_regency_finds_numbers_that_are_the_spouses_or_lent(people):
    person = people["indramayu"]
    with speaking_for(person):
        found = identity_findings.counts(identity_findings.odd_identities(person, person.home))
    assert found["sex"] >= 1
    assert found["several_owners"] >= 1


def _is_of(delivery, *codes: str) -> bool:
    return any(delivery.path.name.startswith(f"{code}_Data_") for code in codes)


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
