"""What the pages of a step say of themselves: what is asked, by whom, for how much."""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from pulih.people.scope import speaking_as_system, speaking_for
from pulih.proposals.actions import verifying
from pulih.proposals.actions.deciding import Cut
from pulih.proposals.answer_forms import ScoreForm
from pulih.proposals.models import Outcome
from pulih.proposals.presenters import answer_to
from pulih.proposals.rules.reviewing import criteria_on
from pulih.references.models import DailyAllowance, UnitCost
from tests.make import proposals as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def url(name, *arguments):
    return reverse(f"proposals:{name}", args=arguments)


@pytest.mark.parametrize(
    ("made", "who", "step", "asks"),
    [
        (make.sent, cast.planner, "verify", "Daftar periksa verifikator"),
        (make.verified, cast.planner, "assign", "Tunjuk penilai"),
        (make.assigned, make.reviewer, "review", "Nilai Anda"),
        (make.scored, make.second_planner, "decide", "Keputusan"),
    ],
)
def test_each_step_says_what_it_asks_and_for_what(client, made, who, step, asks):
    proposal = make.complete()
    made(proposal)
    client.force_login(who())
    page = client.get(url(step, proposal.pk)).content.decode()
    assert f"<h2>{asks}</h2>" in page
    assert str(proposal.measure) in page
    assert "Rp28.800.000" in page
    assert ("2 penilai, tertutup" in page) is (step == "decide")  # With what both scored.


def test_rows_whose_standard_is_from_memory_are_named(client):
    proposal = make.complete()
    make.row(proposal, "Uang harian diklat peserta", "521219", "20 orang × 4 hari", 110_000)
    client.force_login(cast.planner())
    address = reverse("proposals:proposal", args=[proposal.pk])
    shown = client.get(f"/api/v1/proposals/{proposal.pk}").json()["rows"]
    assert not shown[0]["standard_is_confirmed"]
    (named,) = re.findall(r"SBM baris ([\d, ]+) ", client.get(address).content.decode())
    assert named == ", ".join(str(r["position"]) for r in shown if not r["standard_is_confirmed"])
    with speaking_as_system():
        UnitCost.objects.update(verified=True)
        DailyAllowance.objects.update(verified=True)
    assert "SBM baris" not in client.get(address).content.decode()


def test_one_participant_is_one_in_english(client):
    proposal = make.complete(people=1)
    client.force_login(proposal.made_by)
    client.cookies["pulih_language"] = "en"
    page = client.get(url("proposal", proposal.pk)).content.decode()
    assert "1 participant<" in page
    assert "1 participants" not in page


def test_the_way_of_a_proposal_shows_each_station_that_is_still_ahead():
    def ahead(proposal):
        with speaking_for(proposal.made_by):
            shown = answer_to(proposal, proposal.made_by, "en").way
        return [one.label for one in shown if one.state == "ahead"]

    sent = make.sent()
    rest = ["money reserved", "scheduled", "running", "accounted for"]
    assert ahead(sent) == ["verified", "under review", "scored", "approved", *rest]
    partly = make.decided(
        make.complete(people=1), outcome=Outcome.PARTLY,
        cuts={1: Cut(unit_cost=800_000, reason="Sesuai SBM.")},
    )  # fmt: skip
    assert ahead(partly) == rest


def test_a_reviewer_writes_the_note_after_all_points():
    *points, last = ScoreForm(criteria=criteria_on(date(2020, 6, 15))).fields
    assert last == "note"
    assert all(one.startswith("points_") for one in points)


def test_a_written_reason_names_its_step_and_the_day_until_which_to_repair(client):
    proposal = make.sent()
    answers = {**make.yes(), "papers": ("no", "Baris 2")}
    tuesday = datetime(2020, 6, 2, 2, 5, tzinfo=UTC)
    planner, why = cast.planner(), "Baris 2: hapus."
    verifying.give_back(proposal, answers, reason=why, working_days=3, by=planner, now=tuesday)
    client.force_login(proposal.made_by)
    page = client.get(f"/proposals/{proposal.pk}/").content.decode()
    listed = re.sub(r"<[^>]*>|\s+", " ", page[page.index('<ul class="hist">') :])
    assert "dikembalikan · perbaikan sampai 5 Jun 2020" in " ".join(listed.split())
