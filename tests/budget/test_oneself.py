"""Nobody who commits, asks, orders or records is who is paid, by whichever door."""

import pytest
from django.db import DatabaseError, connection, transaction

from pulih.budget import actions
from pulih.budget.models import Posting
from pulih.common.errors import Refusal
from pulih.people.models import Role
from pulih.people.scope import speaking_for
from pulih.treasury import actions as reconciling
from pulih.treasury.models import Difference
from tests.make import budget as make
from tests.make import ledger
from tests.once import made_once
from tests.people import cast
from tests.treasury import test_reconciling as lists

pytestmark = pytest.mark.django_db
NIP = "196701011990031001"
THEIRS = "own name"


@made_once
def line():
    return make.line(ceiling=10_000_000)


def officer(line, post, name, **values):
    """An officer with a name of her own."""
    person = cast.person(Role.PROVINCIAL_OFFICER, line.province, f"{post}-{line.unit_id}")
    person.name = name
    person.save()
    ledger.appointed(line, person, post, **values)
    return person


def named(person, party):
    with connection.cursor() as cursor:
        cursor.execute("SELECT budget_is_paid(%s, %s)", [person.pk, party])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("party", "is_paid"),
    [
        ("Dewi Lestari Wijaya", True),
        ("dewi  lestari wijaya", True),
        ("Dr. Dewi Lestari Wijaya, S.E., M.M.", True),
        ("Hj.Dewi Lestari Wijaya", True),
        ("UD Dewi Lestari Wijaya", True),
        ("Dewi Lestari Wijaya dkk", True),
        ("Rahmat Hidayat; Dewi Lestari Wijaya", True),
        ("Rahmat Hidayat, Dewi Lestari Wijaya, Suci", True),
        ("Rek. BRI a.n. Dewi Lestari Wijaya", True),
        ("Pegawai NIP 19670101 199003 1 001", True),
        ("Dewi Lestari", False),
        ("Dewi Lestari Wijayanti", False),
        ("PT Dewi Lestari Wijaya", False),
        ("Bendahara Pengeluaran (Dewi Lestari Wijaya)", False),
        ("Pegawai NIP 19670101 199003 1 002", False),
        ("", False),
    ],
)
def test_a_payee_is_known_by_name_without_titles_and_by_nip(line, party, is_paid):
    person = officer(line, "ppk", "Ir. Dewi Lestari Wijaya, M.Si.", nip=NIP)
    assert named(person, party) is is_paid


def test_the_commitment_officer_neither_commits_nor_asks_for_oneself(line):
    ppk = officer(line, "ppk", "Dewi Lestari")
    with speaking_for(ppk):
        for attempt in (ledger.contract, ledger.asked):
            with pytest.raises(Refusal, match=THEIRS):
                attempt(line, 1, by=ppk, party="Dewi Lestari, S.T.")
        signed = ledger.contract(line, 5, by=ppk, party="CV Sagu")
        with pytest.raises(Refusal, match=THEIRS):
            ledger.asked(line, 5, by=ppk, commitment=signed, party="Dewi Lestari")
    assert Posting.objects.filter(document_kind="spp").count() == 0


def test_the_order_officer_orders_nothing_that_the_request_pays_to_that_officer(line):
    """Also where an order that is sent past the pages leaves the payee blank, or names another."""
    ppk = officer(line, "ppk", "Dewi Lestari")
    ppspm = officer(line, "ppspm", "Rahmat Hidayat")
    with speaking_for(ppk):
        request = ledger.asked(line, 5, by=ppk, party="Rahmat Hidayat", method="LS")
    with pytest.raises(Refusal, match=THEIRS):
        ledger.examined(request, ppspm)
    for party in ("", "CV Sagu"):
        with (
            speaking_for(ppspm),
            pytest.raises(DatabaseError, match="would be paid"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "SELECT budget_post('spm', 'SPM-1', %s, 2020, '2020-06-15', '', NULL, %s,"
                " '{order}', '{5}', p_refers => %s, p_party => %s)",
                [line.unit_id, [line.pk], request.pk, party],
            )
    assert Posting.objects.filter(document_kind="spm").count() == 0


def test_no_payment_goes_to_who_asked_for_it_whoever_records_it(line):
    ppk = officer(line, "ppk", "Dewi Lestari")
    ppspm = officer(line, "ppspm", "Rahmat Hidayat")
    treasurer = officer(line, "treasurer", "Suci Ramadhani")
    with speaking_for(ppk):
        request = ledger.asked(line, 5, by=ppk, party="CV Sagu", method="LS")
    order = ledger.examined(request, ppspm)
    with speaking_for(treasurer):
        for party in ("Dewi Lestari", "Rahmat Hidayat"):
            with pytest.raises(Refusal, match=rf"name of {party}, who made SP[PM]"):
                ledger.paid(line, 5, refers_to=order, by=treasurer, party=party)
        with pytest.raises(Refusal, match=THEIRS):
            ledger.paid(line, 5, refers_to=order, by=treasurer, party="Suci Ramadhani")
        with pytest.raises(Refusal, match=THEIRS):
            ledger.paid(line, 5, by=treasurer, party="Suci Ramadhani", method="UP")
        ledger.paid(line, 5, refers_to=order, by=treasurer, party="CV Sagu")
    line.refresh_from_db()
    assert line.realised == 5


def test_a_row_of_the_treasury_is_not_posted_by_whom_it_pays(line):
    ppk = officer(line, "ppk", "Dewi Lestari")
    treasurer = officer(line, "treasurer", "Suci Ramadhani")
    with speaking_for(treasurer):
        lists.deliver(lists.paid(payee="Suci Ramadhani"), by=treasurer)
        with pytest.raises(Refusal, match=THEIRS):
            reconciling.post_difference(Difference.objects.get(), by=treasurer)
    assert not Posting.objects.filter(document_kind="sp2d").exists()
    other = officer(line, "ppspm", "Rahmat Hidayat")
    with speaking_for(other):
        reconciling.post_difference(Difference.objects.get(), by=other)
    assert Posting.objects.get(document_kind="sp2d").posted_by == other
    assert named(ppk, "Dewi Lestari")


def test_others_may_pay_an_officer_who_made_nothing_of_it(line):
    ppk = officer(line, "ppk", "Dewi Lestari")
    ppspm = officer(line, "ppspm", "Rahmat Hidayat")
    with speaking_for(ppk):
        request = ledger.asked(line, 5, by=ppk, party="Suci Ramadhani", method="LS")
    order = ledger.examined(request, ppspm)
    with speaking_for(ppspm):
        actions.pay(
            line.unit, {line.pk: 5}, number="SP2D-1", fiscal_year=2020, effective_on=ledger.DAY,
            by=ppspm, refers_to=order, party="Suci Ramadhani",
        )  # fmt: skip
    line.refresh_from_db()
    assert line.realised == 5
