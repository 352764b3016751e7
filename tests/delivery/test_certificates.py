"""Certificates: for those alone who completed the training, verified by anybody without a NIK."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import override

from pulih.common.errors import Refusal
from pulih.delivery.actions import attendance, certificates
from pulih.delivery.documents.certificate import values
from pulih.delivery.reads.attendance import of_cohort
from pulih.delivery.reads.certificates import holders, in_force
from tests.make import delivery as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 26)


@made_once
def cohort():
    found = make.cohort(3)
    make.session(found)
    make.session(found, make.LAST)
    make.seated(found, 3)
    make.attended(found, absent=[(2, 0)])
    return found


def issued(cohort, **values):
    usual = {"number": "SERT-1", "dated": DAY, "by": cast.regency_officer(), "today": DAY}
    return certificates.issue_all(cohort, **{**usual, **values})


def of(cohort, number):
    return cohort.participants.get(number=number)


def test_those_who_completed_get_one_each_and_nobody_a_second(cohort):
    assert issued(cohort) == 2
    papers = in_force(cohort)
    assert sorted(one.number for one in papers.values()) == ["SERT-1/001", "SERT-1/003"]
    with override("en"), pytest.raises(Refusal, match="without a certificate yet"):
        issued(cohort)


@pytest.mark.parametrize("day", [date(2020, 6, 24), date(2020, 6, 27)])
def test_none_is_dated_before_the_last_session_or_tomorrow(cohort, day):
    with override("en"), pytest.raises(Refusal, match="from the last session, 25 Jun 2020"):
        issued(cohort, dated=day)
    assert not in_force(cohort)


def test_two_classes_share_no_number(cohort):
    issued(cohort)
    other = make.cohort(3, of=cohort.activity, name="B", regency="Kab. Cirebon")
    make.session(other)
    make.seated(other, 3, first=10)
    make.attended(other)
    with override("en"), pytest.raises(Refusal, match="number SERT-1 are there already"):
        issued(other, by=cast.provincial_officer())


def test_a_withdrawn_one_is_said_to_be_so_and_another_may_follow(cohort, client):
    issued(cohort)
    paper = in_force(cohort)[of(cohort, 1).pk]
    page = client.get(reverse("documents:code", args=[paper.code])).content.decode()
    assert "SERT-1/001" in page
    assert make.nik(1) not in page
    certificates.withdraw(of(cohort, 1), reason="salah nama", by=cast.regency_officer(), today=DAY)
    page = client.get(reverse("documents:code", args=[paper.code])).content.decode()
    assert "ditarik" in page
    with override("en"), pytest.raises(Refusal, match="Peserta 1 has no certificate in force"):
        certificates.withdraw(of(cohort, 1), reason="x", by=cast.regency_officer(), today=DAY)
    assert issued(cohort, number="SERT-2") == 1


def test_the_page_tells_of_a_withdrawn_one_and_offers_only_those_in_force(cohort, client):
    issued(cohort)
    first = of(cohort, 1)
    certificates.withdraw(first, reason="salah nama", by=cast.regency_officer(), today=DAY)
    client.force_login(cast.provincial_officer())
    page = client.get(reverse("delivery:certificates", args=[cohort.pk]))
    assert "SERT-1/001 ditarik" in page.content.decode()
    offered = page.context["withdraw_form"].fields["participant"].queryset
    assert first not in offered
    assert offered.exists()


def test_a_correction_of_attendance_marks_the_certificate_as_wrong(cohort):
    issued(cohort)
    attendance.correct(
        cohort.sessions.earliest("day"), of(cohort, 3), presence="absent", reason="ill",
        why="surat dokter", by=cast.regency_officer(), now=datetime(2020, 6, 26, 4, tzinfo=UTC),
    )  # fmt: skip
    wrong = [one.participant.number for one in holders(cohort, of_cohort(cohort)) if one.is_wrong]
    assert wrong == [3]


def test_strangers_and_auditors_issue_none(cohort):
    for person in (cast.auditor(), cast.regency_officer("Kota Denpasar")):
        with pytest.raises(PermissionDenied):
            issued(cohort, by=person)


def test_the_page_and_the_paper(cohort, client):
    client.force_login(cast.regency_officer())
    address = reverse("delivery:certificates", args=[cohort.pk])
    assert client.get(reverse("delivery:certificate-papers", args=[cohort.pk])).status_code == 404
    assert "Terbitkan sertifikat" in client.get(address).content.decode()
    issued(cohort)
    page = client.get(address).content.decode()
    assert "SERT-1/003" in page
    paper = client.get(reverse("delivery:certificate-papers", args=[cohort.pk]))
    assert paper.content.startswith(b"%PDF")
    said = values(cohort, holders(cohort, of_cohort(cohort)))
    assert said["hours"] == 16
    assert make.nik(1) not in str(said)
    typed = {"number": "SERT-9", "dated": "2020-06-24"}
    refused = client.post(reverse("delivery:issue-certificates", args=[cohort.pk]), typed)
    assert "SERT-9" in refused.content.decode()
    typed = {"participant": of(cohort, 1).pk, "reason": "salah nama"}
    address = reverse("delivery:withdraw-certificate", args=[cohort.pk])
    assert client.post(address, typed).status_code == 303
    assert "tidak punya sertifikat" in client.post(address, typed).content.decode()
