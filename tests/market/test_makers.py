"""Capacities, certificates and groups that offices type: each way out."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from pulih.common.errors import Refusal
from pulih.market.actions import capacities, groups
from pulih.market.models import Capacity, Certificate, Group, Member
from pulih.people.scope import speaking_for
from tests.make import market
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = market.DAY


def state(firm, words="500 lembar/hari", by=None, **changes):
    usual = {"price": 5000, "lot": 1, "min_order": 1, "free_from": None, "today": DAY}
    by = by or cast.regency_officer()
    return capacities.state_capacity(
        firm, market.product(), words=words, by=by, **(usual | changes)
    )


def test_an_office_states_a_capacity_in_the_words_of_the_trade():
    firm = market.firm("Konveksi Satu")
    assert state(firm).per_week == 3000
    again = state(firm, "5 kodi/minggu", lot=20)
    assert (again.per_week, again.lot, Capacity.objects.count()) == (100, 20, 1)
    assert again.guesses == [["unit_converted", "kodi/minggu"]]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("cukup banyak", "tidak terbaca"),
        ("100-200 lembar/hari", "tidak terbaca"),
        ("500 lembar", "periodenya"),
        ("5.000.000 lembar/hari", "Maksud Anda per tahun?"),
        ("10 liter/hari", "“liter/hari”"),
    ],
)
def test_a_capacity_that_cannot_be_is_refused_and_nothing_written(words, sentence):
    firm = market.firm("Konveksi Satu")
    firm.workers = 6
    with pytest.raises(Refusal) as refused:
        state(firm, words)
    assert sentence in refused.value.message.id
    assert not Capacity.objects.exists()


def test_a_stranger_states_nothing_and_sees_nothing():
    firm = market.firm("Konveksi Satu")
    capacity = market.capacity(firm)
    stranger = cast.regency_officer("Kota Denpasar")
    for by in (stranger, cast.auditor()):
        with pytest.raises(PermissionDenied):
            state(firm, by=by)
    with speaking_for(stranger):
        assert not Capacity.objects.filter(pk=capacity.pk).exists()


def test_confirming_makes_a_capacity_count_again():
    capacity = market.capacity(market.firm("Konveksi Satu"), confirmed_on=DAY - timedelta(130))
    officer = cast.regency_officer()
    assert capacities.confirm_capacity(capacity, today=DAY, by=officer).confirmed_on == DAY
    with pytest.raises(Refusal, match="lebih baru"):
        capacities.confirm_capacity(capacity, today=DAY - timedelta(1), by=officer)


def test_a_certificate_is_seen_by_an_office():
    firm, officer = market.firm("Konveksi Satu"), cast.regency_officer()
    sni = market.product().standards.get(code="SNI 8914:2020")
    given = {"kind": "sni", "standard": sni, "number": "A-1", "by": officer}
    for days, sentence in (
        ((date(2021, 1, 1), date(2020, 12, 1)), "sebelum dimulai"),
        ((date(2020, 9, 15), None), "ada sejak 16 Sep 2020"),
    ):
        with pytest.raises(Refusal, match=sentence):
            capacities.add_certificate(firm, valid_from=days[0], valid_to=days[1], **given)
    days = {"valid_from": date(2020, 9, 16), "valid_to": None}
    assert capacities.add_certificate(firm, **days, **given).verified_by == officer
    with pytest.raises(Refusal, match="sudah"):
        capacities.add_certificate(firm, **days, **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.update(number="")


def test_members_come_from_the_regency_of_the_group():
    officer = cast.regency_officer()
    area = cast.area("Kab. Indramayu")
    given = {"name": "KUB Sari", "kind": "joint_group", "fee": 100, "min_order": 1}
    hub = groups.save_group(Group(), regency=area, valid_from=DAY, by=officer, **given)
    with pytest.raises(Refusal, match="bernama ini"):
        groups.save_group(Group(), regency=area, valid_from=DAY, by=officer, **given)
    near, far = market.firm("Konveksi Satu"), market.firm("Konveksi Dua", "Kota Bandung")
    with pytest.raises(Refusal, match="anggota berasal"):
        groups.add_member(hub, far, since=DAY, by=officer)
    member = groups.add_member(hub, near, since=DAY, by=officer)
    with pytest.raises(Refusal, match="sudah"):
        groups.add_member(hub, near, since=DAY, by=officer)
    with pytest.raises(Refusal, match="setelah hari"):
        groups.end_membership(member, on=DAY, by=officer)
    ended = groups.end_membership(member, on=DAY + timedelta(30), by=officer)
    assert list(Member.objects.on(DAY + timedelta(30))) == []
    with pytest.raises(Refusal, match="sudah berakhir"):
        groups.end_membership(ended, on=DAY + timedelta(31), by=officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        Member.objects.create(
            group=hub, enterprise=far, province_id=hub.province_id, regency=area, valid_from=DAY
        )


def test_the_country_sees_provinces_from_five_makers_on():
    for place in range(5):
        market.capacity(market.firm(f"Konveksi {place}"))
    for place in range(4):
        market.capacity(market.firm(f"Jahit {place}", "Kota Denpasar", "Bali"))
    query = "SELECT province_id, firms, per_week FROM market_capacity_by_province(%s, %s)"
    with speaking_for(cast.regency_officer("Kota Denpasar")), connection.cursor() as cursor:
        cursor.execute(query, [market.product().pk, DAY])
        assert cursor.fetchall() == [(cast.area("Jawa Barat").pk, 5, 3000)]


def test_two_days_between_which_one_firm_went_tell_nothing_of_it():
    for place in range(6):
        market.capacity(market.firm(f"Konveksi {place}"), per_week=600)
    market.capacity(market.firm("Konveksi lama"), per_week=7, confirmed_on=DAY - timedelta(1))
    query = "SELECT firms, per_week FROM market_capacity_by_province(%s, %s)"
    with speaking_for(cast.regency_officer("Kota Denpasar")), connection.cursor() as cursor:
        told = []
        for since in (DAY - timedelta(1), DAY):
            cursor.execute(query, [market.product().pk, since])
            told += cursor.fetchall()
    assert told == [(5, 3600), (5, 3600)]
