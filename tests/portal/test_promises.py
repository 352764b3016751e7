"""Each proposal of a province with what it was promised, in figures, words and on the page."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from pulih.portal import site
from pulih.portal.areas import areas_on
from pulih.portal.datasets import Moment, help_given, proposals
from pulih.portal.pages.promises import state_of
from pulih.portal.reasons import public_reason
from pulih.proposals.models import Outcome
from tests.make import portal as make
from tests.make import proposals as make_proposals

pytestmark = pytest.mark.django_db
ANSWERED, DAY = datetime(2020, 6, 20, 3, tzinfo=UTC), date(2020, 6, 30)
UNLISTED = date(2021, 3, 31)
CHAIN = ("help_asked", "help_promised", "help_funded", "help_committed", "help_paid")


def world():
    """One proposal that is promised, one rejected, one that nobody answered yet."""
    titled = make_proposals.complete(title="Bimtek untuk Ibu Siti Aminah")
    promised = make_proposals.decided(titled, now=ANSWERED)
    rejected = make_proposals.decided(
        outcome=Outcome.REJECTED, reason="Sudah diterima Rini.", now=ANSWERED
    )
    return promised, rejected, make_proposals.sent()


def of_each(measure, on=DAY):
    """Values of a measure by proposal."""
    rows = [row for row in collected(proposals, on) if row.measure == measure]
    return {row.category: row.value for row in rows if row.dimension == "proposal"}


def collected(dataset, on=DAY):
    moment = Moment(on, timezone.now() + timedelta(minutes=1), areas_on(on))
    return list(dataset.collect(moment))


def test_the_proposals_of_a_province_add_up_to_its_figure():
    world()
    rows = collected(help_given)
    for measure in CHAIN:
        of = [row for row in rows if row.measure == measure]
        (whole,) = [row.value for row in of if (row.area, row.dimension) == ("32", "all")]
        each = {row.category: row.value for row in of if row.dimension == "proposal"}
        assert len(each) == 3
        assert sum(each.values()) == whole
        assert {row.area for row in of if row.dimension == "proposal"} == {"32"}


def test_a_proposal_is_answered_or_not_and_never_unrecorded():
    promised, rejected, waiting = world()
    found = of_each("proposals_answered")
    assert found == {promised.number: 1, rejected.number: 1, waiting.number: 0}


def test_a_proposal_waits_in_working_days_from_its_sending_to_its_answer_or_the_day():
    promised, rejected, waiting = world()  # Sent on Thursday 28 May; 1 June is a holiday.
    days = {promised.number: 15, rejected.number: 15, waiting.number: 22}
    assert of_each("proposals_waited") == days
    rows = [row for row in collected(proposals) if row.measure == "proposals_waited"]
    wholes = {row.area: row.value for row in rows if row.dimension == "all"}
    assert (wholes["ID"], wholes["32"], wholes["63"]) == (52, 52, 0)
    before = of_each("proposals_waited", date(2020, 6, 5))  # Nobody was answered by then.
    assert set(before.values()) == {5}


def test_no_wait_is_stated_of_a_year_whose_holidays_nobody_listed():
    world()
    rows = [row for row in collected(proposals, UNLISTED) if row.measure == "proposals_waited"]
    assert {(row.value, row.marker, row.dimension) for row in rows} == {(None, "[x]", "all")}


def test_the_next_year_does_not_call_a_promise_unpaid_that_was_paid_in_its_own():
    world()
    for dataset in (help_given, proposals):
        rows = collected(dataset, date(2021, 3, 31))
        assert "proposal" not in {row.dimension for row in rows}


def test_a_proposal_is_called_by_its_measure_and_not_by_what_an_office_typed(publish):
    promised, _rejected, waiting = world()
    release = publish(make.published, DAY)
    named = release.words["proposal"]
    assert named[promised.number]["id"].endswith(", dijawab 20 Jun 2020")
    assert named[promised.number]["en"].endswith(", answered 20 Jun 2020")
    assert named[waiting.number]["id"] == waiting.measure.name_indonesian
    page = (site.current() / "site/places/32/index.html").read_text()
    assert "Siti Aminah" not in page
    (row,) = [one for one in page.split("<tr>") if f'"quiet">{promised.number}<' in one]
    assert "dijanjikan, belum ada dana" in row
    assert "dijawab dalam" in row
    assert '<data value="15"' in row
    assert page.count("sudah menunggu") == 1
    assert page.count('<q lang="id">Sesuai kriteria.</q>') == 1
    assert "Rini" not in page
    assert page.count("Alasannya ada dalam surat jawaban") == 1
    assert page.count("menunggu jawaban") == page.count(">ditolak<") == 1


@pytest.mark.parametrize(
    "reason",
    [
        "Disetujui seluruhnya: kebutuhan gugus tugas jelas dan biaya sesuai SBM.",
        "Harga satuan diturunkan dari Rp430.000 ke Rp380.000; jumlah berkurang Rp1,3 juta.",
        "Sesuai PP 7/2008 pasal 20 ayat 3; ajukan lagi pada tahun 2021.",
    ],
)
def test_a_reason_that_speaks_of_things_and_money_is_public(reason):
    assert public_reason(f" {reason}\n") == reason


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "Sudah diterima Rini.",
        "Ibu Siti sudah dibiayai.",
        "Penerima sudah dibiayai, an. Dewi.",
        "Pada kegiatan itu ada 3 IKM.",
        "Hanya dua IKM ada pada tahun 2020.",
        "Empat perajin tidak sesuai syarat; harga Rp380.000.",
        "IKM batik sebagian, 60% dari peserta.",
    ],
)
def test_a_reason_that_may_name_somebody_or_counts_anybody_stays_in_its_letter(reason):
    assert public_reason(reason) is None


@pytest.mark.parametrize(
    ("answered", "promised", "funded", "paid", "state"),
    [
        (False, 0, 0, 0, "waits for an answer"),
        (True, 0, 0, 0, "rejected"),
        (True, 100, 0, 0, "promised, no money yet"),
        (True, 100, 60, 0, "funded, nothing paid yet"),
        (True, 100, 100, 99, "paid in part"),
        (True, 100, 100, 100, "paid out"),
    ],
)
def test_how_a_promise_stands(answered, promised, funded, paid, state):
    with override("en"):
        assert state_of(answered, promised, funded, paid) == state
