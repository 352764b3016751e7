"""Every applicant of a call is told what became of the application, in one act."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.delivery.actions import applicants, decrees, rosters, telling
from pulih.delivery.models import Applicant, ApplicantAnswer, Origin, Participant
from pulih.delivery.reads.telling import applications, reasons, untold_for
from pulih.delivery.reads.telling import telling as counted
from pulih.delivery.rules.messages import whatsapp_address
from pulih.people.links.address import key_of
from pulih.people.links.models import Link, LinkUse
from pulih.people.scope import speaking_by_link
from tests.delivery.selecting import DAY, NOW, chosen, cleared, decided, passing
from tests.make import areas
from tests.make import delivery as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db


@given(st.text(max_size=20))
def test_only_a_mobile_number_gets_an_address_of_whatsapp(text):
    address = whatsapp_address(text, "a")
    assert address == "" or re.fullmatch(r"https://wa\.me/628\d{8,11}\?text=a", address)


def test_a_number_is_read_in_its_usual_writings():
    for written in ("0812-3456-7890", "+62 812 3456 7890", "812 34567890"):
        assert whatsapp_address(written, "Halo, Bu") == (
            "https://wa.me/6281234567890?text=Halo%2C%20Bu"
        )


@made_once
def activity(db):
    """Two places: two have one, two wait, one was never checked, one is dead, one withdrew."""
    made = make.activity()
    make.cohort(2, of=made)
    passing(made, [(90, "", ""), (80, "", ""), (50, "", ""), (10, "", "ya")])
    cleared(made)
    make.listed("deceased", [make.nik(6)])
    decided(chosen(made))
    passing(made, [(90, "", ""), (90, "", ""), (90, "", "")], first=5)
    late = Applicant.objects.filter(activity=made, person__name="Orang 7")
    applicants.withdraw(late.get(), withdrawn_on=DAY, by=cast.provincial_officer())
    return made


def tell(activity, whom=telling.UNTOLD):
    return telling.tell(
        activity, whom=whom, by=cast.provincial_officer(), now=NOW,
        moment=timezone.now() - timedelta(hours=1),
    )  # fmt: skip


def counts(activity):
    rows = counted(applications(activity, Applicant.objects.all())).rows
    return [(one.people, one.told, one.opened) for one in rows]


def waiting(person=None):
    names = untold_for(person or cast.provincial_officer()).values_list("person__name", flat=True)
    return sorted(names)


def opened(given):
    with speaking_by_link(key_of(given.secret)):
        LinkUse.objects.create(link=given.answer.link, kind=LinkUse.Kind.OPENED, device="a")


def test_all_are_told_in_one_act_and_who_opens_is_counted(activity):
    assert counts(activity) == [(2, 0, 0), (2, 0, 0), (2, 0, 0)]
    assert waiting() == [f"Orang {n}" for n in range(1, 7)]
    for other in (cast.provincial_officer("Bali"), cast.regency_officer(), cast.auditor()):
        assert waiting(other) == []
    told = tell(activity)
    assert waiting() == []
    assert len(told) == 6
    assert len({one.secret for one in told}) == 6
    opened(told[0])
    assert sorted(counts(activity)) == [(2, 2, 0), (2, 2, 0), (2, 2, 1)]
    with pytest.raises(Refusal, match="sudah diberi tahu"):
        tell(activity)
    again = tell(activity, telling.UNOPENED)
    assert len(again) == 5
    assert told[0].answer.applicant_id not in {one.answer.applicant_id for one in again}


def test_who_moves_up_is_told_again(activity):
    tell(activity)
    seated = Participant.objects.seated().filter(activity=activity).earliest("pk")
    by = cast.provincial_officer()
    rosters.leave(seated.cohort, number=seated.number, left_on=DAY, reason="sakit", by=by)
    selection = activity.selections.get()
    decrees.move_up(selection, by=by, today=DAY)
    assert waiting() == sorted(["Orang 3", str(seated.person)])
    told = {str(one.answer.applicant.person): one.answer.outcome for one in tell(activity)}
    assert told == {"Orang 3": "chosen", str(seated.person): "refused"}


def test_each_is_told_why(activity):
    def told():
        found = applications(activity, Applicant.objects.all())
        said = reasons(activity, found)
        return {str(one.applicant.person): " ".join(said[one.applicant.pk]) for one in found}

    assert "belum diperiksa" in told()["Orang 6"]
    make.checked(activity)
    why = told()
    assert "Angkatan Kab. Indramayu" in why["Orang 1"]
    assert "Skor 50,0" in why["Orang 3"]
    assert "tidak ada IKM" in why["Orang 5"]
    assert "meninggal" in why["Orang 6"]
    Applicant.objects.filter(person__name="Orang 6").update(
        origin=Origin.FORM, link=make.given_link(telling.ANSWER, 1, areas.province())[0]
    )
    hidden = told()["Orang 6"]
    assert "meninggal" not in hidden
    assert "di dinas" in hidden


def test_before_the_decree_nobody_is_told(db):
    made = make.activity()
    make.cohort(2, of=made)
    passing(made, [(90, "", ""), (80, "", "")])
    cleared(made)
    chosen(made)
    with pytest.raises(Refusal, match="sesudah SK"):
        tell(made)


def test_letters_and_links_are_files_of_the_moment(activity, client):
    client.force_login(cast.provincial_officer())
    page = client.get(reverse("delivery:selection", args=[activity.pk])).content.decode()
    assert "6 pendaftar belum diberi tahu" in page
    page = client.post(reverse("delivery:tell", args=[activity.pk]), {"whom": "untold"})
    secrets = re.search(r'name="secrets" value="([^"]+)"', page.content.decode())[1]
    assert len(secrets.split()) == 6
    letters = client.post(
        reverse("delivery:answer-letters", args=[activity.pk]), {"secrets": secrets}
    )
    assert letters.content.startswith(b"%PDF")
    file = client.post(reverse("delivery:answer-links", args=[activity.pk]), {"secrets": secrets})
    sheet = openpyxl.load_workbook(io.BytesIO(file.content)).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) == 6
    for row in rows:
        assert row[2] in row[6]
        assert row[7] in row[6]
        assert make.nik(1) not in row[6]
    addresses = {row[7].rpartition("/")[2] for row in rows}
    assert addresses == set(secrets.split())
    other = {"secrets": "x" * 32}
    assert (
        client.post(reverse("delivery:answer-links", args=[activity.pk]), other).status_code == 404
    )
    assert ApplicantAnswer.objects.count() == Link.objects.filter(purpose="delivery.answer").count()
