"""What people ask about their data: written down, answered once, copied with a record, erased."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.urls import reverse

from pulih.audit.models import Event
from pulih.common.errors import Refusal
from pulih.delivery.actions import checks, rosters
from pulih.delivery.models import Objection, Participant, Person
from pulih.people.links.models import Link
from pulih.people.scope import speaking_as_system, speaking_for
from pulih.privacy import actions
from pulih.privacy.erasing import erase
from pulih.privacy.models import DataRequest, RequestAnswer
from pulih.privacy.rules import ERASED
from pulih.registry.models import Enterprise
from tests.make import areas as make_areas
from tests.make import delivery as make_delivery
from tests.make import inbox as make_inbox
from tests.make import privacy as make
from tests.make import registry as make_registry
from tests.people import cast

pytestmark = pytest.mark.django_db


def a_person(number=1):
    """Let somebody of Indramayu apply, and sit in no class."""
    activity = make_delivery.activity()
    (applicant,) = make_delivery.applicants(activity, 1, first=number, by=cast.planner())
    return applicant.person


@pytest.fixture
def person():
    return a_person()


@pytest.fixture
def officer(person):
    return cast.person("regency_officer", person.regency, "petugas")


def test_a_request_is_written_down_without_whole_numbers(person, officer):
    made = make.asked(person, by=officer, said=f"NIK saya {person.nik.whole} salah.")
    assert person.nik.whole not in made.said
    assert (made.area, made.name) == (person.regency, person.name)
    assert (made.due_on - made.received_on).days == 3
    assert Event.objects.get(verb="privacy.receive").detail == {"kind": "copy"}


def test_a_day_to_come_and_a_stranger_are_refused(person, officer):
    with pytest.raises(Refusal, match="belum tiba"):
        make.asked(person, by=officer, received_on=date(2020, 7, 2))
    with pytest.raises(PermissionDenied):
        make.asked(person, by=cast.provincial_officer("Bali"))
    with pytest.raises(PermissionDenied):
        make.asked(person, by=cast.planner())
    assert not DataRequest.objects.exists()


def test_a_request_is_answered_once(person, officer):
    made = make.asked(person, by=officer, kind="objection")
    answer = {"outcome": "refused", "said": "Wajib disimpan.", "by": officer, "today": make.DAY}
    actions.answer(made, **answer)
    with pytest.raises(Refusal, match="sudah dijawab"):
        actions.answer(made, **answer)
    assert RequestAnswer.objects.get().outcome == "refused"


def test_what_was_asked_and_answered_is_never_changed(person, officer):
    made = make.asked(person, by=officer)
    with pytest.raises(ProgrammingError, match="update or delete"), connection.cursor() as cursor:
        cursor.execute("UPDATE privacy_personrequest SET said = 'lain' WHERE id = %s", [made.pk])


def test_a_copy_holds_person_applications_and_firm_with_the_whole_number(person, officer):
    number = person.nik.whole
    with speaking_for(officer):
        make_inbox.read(make_inbox.firm(nik=number), by=officer, office=person.regency)
        made = make.asked(person, by=officer)
        copy = actions.copy(made, by=officer)
    assert copy["nik"] == number
    assert [one["nik"] for one in copy["orang"]] == [number]
    assert len(copy["pendaftaran"]) == 1
    assert [one["name"] for one in copy["usaha"]] == ["Konveksi Sari Wangi"]
    assert [one["isi"]["nik"] for one in copy["baris_daftar"]] == [number]
    assert copy["nomor_dibuka"][-1]["alasan"] == "request"
    verbs = set(Event.objects.filter(person_id=officer.pk).values_list("verb", flat=True))
    assert {"privacy.open_nik", "privacy.copy"} <= verbs


def test_a_copy_for_a_firms_owner_begins_at_the_firm():
    officer = cast.regency_officer()
    make_inbox.read(make_inbox.firm(nik=make_inbox.nik(1)), **make_registry.indramayu())
    made = make.asked(Enterprise.objects.get())
    copy = actions.copy(made, by=officer)
    assert (copy["nama"], copy["nik"]) == ("Siti Maemunah", make_inbox.nik(1))


def test_a_copy_goes_to_nobody_without_the_right(client, person, officer):
    made = make.asked(person, by=officer)
    client.force_login(cast.auditor(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(reverse("privacy:copy", args=[made.pk])).status_code == 403
    assert not Event.objects.filter(verb="privacy.open_nik").exists()


def event_of(model):
    return apps.get_model("delivery", f"{model}Event").objects


def everything_of(person):
    """Return all that the table and its history hold of a person, as text."""
    with speaking_as_system():
        rows = [*Person.objects.filter(pk=person.pk).values()]
        rows += [*event_of("Person").filter(pgh_obj_id=person.pk).values()]
    return str([{**row, "nik": getattr(row["nik"], "whole", row["nik"])} for row in rows])


def test_who_never_sat_in_a_class_is_erased_also_from_the_history(person, officer):
    number, name = person.nik.whole, person.name
    Person.objects.filter(pk=person.pk).update(village="Eretan Baru")
    assert number in everything_of(person)
    made = make.asked(person, by=officer, kind="erasure")
    with speaking_for(officer):
        actions.erase(made, by=officer)
    left = everything_of(person)
    assert number not in left
    assert name not in left
    assert Event.objects.filter(verb="privacy.erase").count() == 1
    assert person.applications.count() == 1


def test_a_link_to_an_answer_forgets_to_whom_it_was_given(person, officer, client):
    (application,) = person.applications.all()
    client.force_login(cast.provincial_officer())
    client.post(reverse("delivery:give-answer-link", args=[application.pk]))
    link = Link.objects.get(purpose="delivery.answer")
    assert link.holder == person.name
    Link.objects.filter(pk=link.pk).update(valid_to=link.valid_to + timedelta(1))  # With a history.
    made = make.asked(person, by=officer, kind="erasure")
    with speaking_for(officer):
        actions.erase(made, by=officer)
    link.refresh_from_db()
    assert link.holder == ERASED
    told = apps.get_model("people", "LinkEvent").objects.filter(pgh_obj_id=link.pk)
    assert set(told.values_list("holder", flat=True)) == {ERASED}


def test_who_sat_in_a_class_stays_for_the_account_of_state_money(officer):
    seated = make_delivery.seated(make_delivery.cohort(), 1)[0].person
    number = seated.nik.whole
    made = make.asked(seated, by=cast.provincial_officer(), kind="erasure")
    with pytest.raises(Refusal, match="uang negara"):
        actions.erase(made, by=cast.provincial_officer())
    assert number in everything_of(seated)


def moved(person):
    """Let a person move to Kab. Cirebon, whose office sees no class and no history elsewhere."""
    with speaking_as_system():
        Person.objects.filter(pk=person.pk).update(regency=make_areas.regency("Kab. Cirebon"))
    person.refresh_from_db()
    return cast.regency_officer("Kab. Cirebon")


def test_who_sat_in_a_class_elsewhere_stays_too():
    seated = make_delivery.seated(make_delivery.cohort(), 1)[0].person
    home = moved(seated)
    made = make.asked(seated, by=home, kind="erasure")
    with speaking_for(home):
        assert not seated.seats.exists()  # The office does not see it.
        with pytest.raises(Refusal, match="uang negara"):
            actions.erase(made, by=home)
    with speaking_as_system():
        kept = Person.objects.get(pk=seated.pk)
    assert (kept.name, kept.nik) == (seated.name, seated.nik)
    assert not Event.objects.filter(verb="privacy.erase").exists()


def test_who_moved_is_erased_also_from_the_history_of_where_she_lived(person):
    number, name = person.nik.whole, person.name
    home = moved(person)
    assert everything_of(person).count(number) == 2
    made = make.asked(person, by=home, kind="erasure")
    with speaking_for(home):
        actions.erase(made, by=home)
    left = everything_of(person)
    assert number not in left
    assert name not in left


def test_the_household_that_an_applicant_named_goes_too_also_out_of_the_history(person, officer):
    for household in ("Keluarga Siti", "Rumah biru"):  # The first one goes into the history.
        with speaking_as_system():
            person.applications.update(household=household, points=7)
    made = make.asked(person, by=officer, kind="erasure")
    with speaking_for(officer):
        actions.erase(made, by=officer)
    with speaking_as_system():
        left = [*person.applications.values("household", "points")]
        history = [*event_of("Applicant").filter(person_id=person.pk).values("household", "points")]
    assert left == [{"household": "", "points": 7}]
    assert [one["household"] for one in history] == ["", ""]
    assert [one["points"] for one in history] == [0, 7]


def test_what_an_applicant_objected_goes_and_that_it_was_answered_stays(person, officer):
    (application,) = person.applications.all()
    make_delivery.listed("deceased", [person.nik.whole])
    make_delivery.checked(application.activity, by=cast.planner())
    objection = make_delivery.objection(application.results.get())
    Objection.objects.filter(pk=objection.pk).update(said=f"Saya {person.name}, masih hidup")
    answer = {"answer": "upheld", "reason": "KTP dilihat", "by": cast.regency_officer()}
    checks.answer(objection, **answer, now=datetime(2020, 6, 23, 4, tzinfo=UTC))  # With a history.
    made = make.asked(person, by=officer, kind="erasure")
    with speaking_for(officer):
        actions.erase(made, by=officer)
    with speaking_as_system():
        objection.refresh_from_db()
        told = {one.said for one in event_of("Objection").all()}
    assert (objection.said, told) == (ERASED, {ERASED})
    assert objection.answer == "upheld"


def test_an_application_where_the_home_office_sees_nothing_loses_its_household_too(person):
    person.applications.update(household="Keluarga Siti")
    home = moved(person)
    with speaking_as_system():
        person.applications.update(regency=make_areas.regency("Kota Bandung"))
    made = make.asked(person, by=home, kind="erasure")
    with speaking_for(home):
        assert not person.applications.exists()  # The office does not see it.
        actions.erase(made, by=home)
    with speaking_as_system():
        assert person.applications.get().household == ""
        assert {one.household for one in event_of("Applicant").all()} == {""}


def test_who_was_erased_is_given_no_place(person, officer):
    made = make.asked(person, by=officer, kind="erasure")
    with speaking_for(officer):
        actions.erase(made, by=officer)
    with pytest.raises(Refusal, match="dihapus"):
        rosters.seat_all(make_delivery.cohort(), [person])
    assert not Participant.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_place_given_while_somebody_is_erased_is_waited_for():
    person, cohort = a_person(), make_delivery.cohort()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            rosters.seat_all(cohort, [person])
            erasing = pool.submit(erase_alone, person.pk)
            with pytest.raises(TimeoutError):
                erasing.result(timeout=1)
        assert "uang negara" in erasing.result(timeout=20)
    assert Person.objects.get(pk=person.pk).name == person.name


def erase_alone(pk):
    """Erase on a connection of its own; return the refusal."""
    try:
        with speaking_as_system():
            erase(Person.objects.get(pk=pk))
    except Refusal as refusal:
        return str(refusal)
    finally:
        connection.close()
    return ""


@pytest.mark.parametrize("who", ["Kab. Cirebon", None])
def test_nobody_out_of_reach_erases_past_the_pages(person, who):
    stranger = cast.regency_officer(who) if who else cast.auditor()
    with speaking_for(stranger), pytest.raises(DatabaseError, match="out of reach"):
        erase(person)


@pytest.mark.parametrize("kind", ["copy", "correction", "objection"])
def test_only_who_asked_for_it_is_erased(person, officer, kind):
    made = make.asked(person, by=officer, kind=kind)
    with pytest.raises(Refusal, match="memintanya"):
        actions.erase(made, by=officer)


def test_the_way_through_the_pages(client, person, officer):
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("delivery:edit-person", args=[person.pk])).content.decode()
    address = f"{reverse('privacy:new')}?person={person.pk}"
    assert address in page
    typed = {"kind": "erasure", "received_on": "2020-06-30", "said": "Hapus data saya."}
    assert client.post(address, {**typed, "received_on": "besok"}).status_code == 200
    assert client.post(address, typed).status_code == 303
    made = DataRequest.objects.get()
    shown = client.get(reverse("privacy:request", args=[made.pk])).content.decode()
    assert "Hapus data saya." in shown
    copy = client.post(reverse("privacy:copy", args=[made.pk]))
    assert person.nik.whole in copy.content.decode()
    assert copy.headers["Cache-Control"] == "private, no-store"
    assert client.post(reverse("privacy:erase", args=[made.pk])).status_code == 303
    said = {"outcome": "done", "said": "Sudah dihapus."}
    assert client.post(reverse("privacy:answer", args=[made.pk]), said).status_code == 303
    listed = client.get(reverse("privacy:list")).content.decode()
    assert "dipenuhi" in listed
    assert client.get(reverse("privacy:new"), {"person": "x"}).status_code == 404


def test_everybody_reads_what_is_kept_and_only_auditors_what_is_due(client):
    for person, sees in ((cast.regency_officer(), False), (cast.auditor(), True)):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        text = client.get(reverse("privacy:register")).content.decode()
        assert "Mengetahui siapa IKM" in text
        assert ("Sudah lewat" in text) == sees
