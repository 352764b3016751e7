"""A file whose rows count is withdrawn by two persons, who see what it would do."""

import pytest

from pulih.common.errors import Refusal
from pulih.inbox.decisions import WITHDRAWING
from pulih.inbox.models import State
from pulih.registry.models import Enterprise
from pulih.workflow import actions as workflow
from pulih.workflow.models import Decision
from tests.make import inbox as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db


@made_once
def batch():
    return make.read(make.firm(nik=make.nik(1)), make.firm("UD Maju", nik=make.nik(2)))


@pytest.fixture
def send(client):
    def post(person, batch, step="", **typed):
        client.force_login(person)
        return client.post(f"/inbox/{batch.pk}/withdraw/{step}", typed, follow=True)

    return post


def state(batch):
    batch.refresh_from_db()
    return batch.state


def test_one_person_proposes_with_its_numbers_and_another_carries_it_out(send, batch):
    page = send(cast.provincial_officer(), batch, reason="Salah unggah.").content.decode()
    assert "menunggu" in page or "orang lain" in page.lower()
    assert state(batch) == State.DONE
    assert Enterprise.objects.listed().count() == 2
    (shown,) = [one for one in Decision.objects.get().consequences if one["value_en"] == "2"]
    assert shown["label_en"] == "Rows that no longer count"
    send(cast.planner(), batch, "decide/", approve="on")
    assert state(batch) == State.WITHDRAWN
    assert Enterprise.objects.listed().count() == 0


def test_who_proposed_it_cannot_decide_and_may_take_it_back(send, batch):
    officer = cast.provincial_officer()
    send(officer, batch, reason="Salah unggah.")
    assert send(officer, batch, "decide/", approve="on").status_code == 409
    send(officer, batch, "keep/", reason="Ternyata benar.")
    assert (state(batch), Decision.objects.get().outcome) == (State.DONE, "withdrawn")


def test_what_was_typed_too_late_stands_on_the_page_that_the_refusal_leads_to(client, send, batch):
    first, second = cast.provincial_officer(), cast.planner()
    typed = {"reason": "Salah <unggah>, maaf."}
    send(first, batch, reason="Salah unggah.")
    client.force_login(second)
    here = f"/inbox/{batch.pk}/"
    late = client.post(f"{here}withdraw/", typed, headers={"Referer": f"http://testserver{here}"})
    assert late.status_code == 409
    page = client.get(here).content.decode()
    assert "Salah &lt;unggah&gt;, maaf." in page
    assert "Salah &lt;unggah&gt;, maaf." not in client.get(here).content.decode()


def test_a_refusal_leaves_the_file_counting(send, batch):
    send(cast.provincial_officer(), batch, reason="Salah unggah.")
    send(cast.planner(), batch, "decide/", reason="Daftar ini benar.")
    assert (state(batch), Decision.objects.get().outcome) == (State.DONE, "refused")


def test_a_correction_that_came_meanwhile_ends_what_was_proposed(batch):
    officer, planner = cast.provincial_officer(), cast.planner()
    decision = workflow.propose_decision(
        WITHDRAWING, batch.pk, area=batch.office, reason="Salah.", by=officer
    )
    make.read(make.firm(nik=make.nik(1)), make.firm("UD Maju", nik=make.nik(2)), make.firm("UD B"))
    with pytest.raises(Refusal, match=r"Only a file that counts|yang sedang dihitung"):
        workflow.decide(decision, approve=True, by=planner)


def test_the_page_offers_it_where_the_file_counts(client, batch):
    client.force_login(cast.provincial_officer())
    assert 'id="decision"' in client.get(f"/inbox/{batch.pk}/").content.decode()
    client.force_login(cast.auditor())
    assert 'id="decision"' not in client.get(f"/inbox/{batch.pk}/").content.decode()
