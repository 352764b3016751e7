"""A list is frozen, a seed is drawn before witnesses, visits stand, findings wait for an office."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from pulih.common.errors import Refusal
from pulih.delivery.actions import handovers
from pulih.people.links.address import key_of
from pulih.people.scope import speaking_by_link, speaking_for
from pulih.sampling.actions import visits
from pulih.sampling.actions.phones import take_visits
from pulih.sampling.acts import VisitsIn
from pulih.sampling.models import Finding, SampleCheck, SampleUnit, Visit
from pulih.sampling.reads import results
from pulih.sampling.reconcile import differences
from pulih.sampling.report import sentences
from pulih.sampling.rules import sample as rules
from pulih.sampling.rules.sample import Wanted
from pulih.sampling.states import FINDING
from pulih.sampling.words import quantity
from pulih.workflow import reads as workflow
from tests.delivery.paying import committed, paid, requested
from tests.make import areas
from tests.make import delivery as make_delivery
from tests.make import sampling as make
from tests.make import teaching as make_teaching
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db


def refused(act, *arguments, said, **named):
    with override("en"), pytest.raises(Refusal, match=said), transaction.atomic():
        act(*arguments, **named)


@made_once
def sample():
    make.seats()
    return make.drawn()


def test_the_list_of_seats_is_whole_and_its_digest_is_that_of_the_file(client):
    make.seats(7)
    sample = make.frozen()
    assert sample.population == 7
    client.force_login(cast.provincial_officer())
    file = client.get(f"/sampling/{sample.pk}/list/").content
    assert hashlib.sha256(file).hexdigest() == sample.digest
    assert b"Peserta" not in file
    assert file.count(b"\n") == 7


def test_goods_and_payments_are_lists_too():
    item = make_delivery.stocked(make_delivery.activity())
    handover = make_delivery.handover(item)
    refused(make.frozen, kind="goods", said="Nothing of this kind")
    handovers.confirm(
        handover, received=480, received_on=make_delivery.LAST, came_back=20, reason="Robek",
        name="Sri", post="Staf", place="Gudang", by=cast.provincial_officer(), now=make.NOW,
        today=make_delivery.LAST,
    )  # fmt: skip
    (one,) = make.frozen(kind="goods").units.all()
    assert (one.quantity, one.name) == (480, "Gugus Tugas Jawa Barat")
    activity = make_delivery.payable(3)
    given = make_delivery.payment_list(activity)
    committed(activity, given.gross)
    requested(given)
    refused(make.frozen, kind="payments", said="Nothing of this kind")
    paid(given)
    lines = make.frozen(kind="payments").units.all()
    assert sorted(line.quantity for line in lines) == [220_000 - entry.tax for entry in
                                                       given.entries.all()]  # fmt: skip


def test_honoraria_are_a_list_once_they_are_paid():
    activity = make_delivery.payable(2, more=[make_delivery.TEACHING])
    make_teaching.taught(activity)
    committed(activity, 14_400_000, "522151")
    given = make_teaching.honoraria_list(activity)
    requested(given, "SPP-H")
    refused(make.frozen, kind="teaching", said="Nothing of this kind")
    paid(given)
    sample = make.frozen(kind="teaching")
    lines = {one.name: one.quantity for one in sample.units.all()}
    assert lines == {
        "Made Pengajar, Angkatan Kab. Indramayu": 5_400_000 - 270_000,
        "Putu Pengajar, Angkatan Kab. Indramayu": 5_400_000 - 135_000,
    }
    one = sample.units.earliest("number")
    assert quantity(sample.kind, one) == "Rp5.130.000"
    with override("en"):
        said = sentences(activity, cast.provincial_officer())
    assert said == ["Belum ada uji petik atas kegiatan ini."]


def test_a_list_of_days_that_cannot_be_is_refused():
    make.seats()
    refused(make.frozen, last_day=make.DAY + timedelta(1), said="lies ahead")
    refused(make.frozen, first_day=date(2020, 6, 29), said="lies before the first")
    refused(make.frozen, first_day=date(2020, 1, 1), last_day=date(2020, 2, 1), said="Nothing")
    with pytest.raises(PermissionDenied):
        make.frozen(by=cast.regency_officer())
    with pytest.raises(PermissionDenied):
        make.frozen(by=cast.provincial_officer("Bali"))
    assert not SampleCheck.objects.exists()


def test_the_seed_decides_alone_and_only_once():
    make.seats(40)
    frozen = make.frozen(wanted=Wanted(20, 90))
    sample = make.drawn(frozen)
    assert sum(sample.sizes.values()) == rules.size(40, Wanted(20, 90)) < 40
    drawn = set(sample.drawn.values_list("unit__number", flat=True))
    (stratum,) = sample.sizes
    assert drawn == set(rules.draw("46-13", frozen.digest, {stratum: range(1, 41)}, sample.sizes))
    refused(make.drawn, frozen, said="not repeated")


def test_two_witnesses_are_two_persons():
    make.seats()
    refused(make.drawn, make.frozen(), other_witness="camat ", said="two persons")


def test_the_database_keeps_list_draw_and_visits_as_they_are(sample):
    for wrong in ({"digest": "0" * 64}, {"seed": "other"}, {"drawn_at": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            SampleCheck.objects.filter(pk=sample.pk).update(**wrong)
    visit = make.visit(make.unit(sample))
    for rows in (Visit.objects.filter(pk=visit.pk), SampleUnit.objects.filter(sample=sample)):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(province=areas.province("Bali"))
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_what_was_not_drawn_is_not_visited():
    make.seats(40)
    sample = make.drawn(make.frozen(wanted=Wanted(20, 90)))
    other = SampleUnit.objects.filter(sample=sample, drawn=None).earliest("number")
    refused(make.visit, other, said="was not drawn")
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.create(
            unit=other, province_id=other.province_id, outcome="received", visited_on=make.DAY,
            visitor="Rahmat", by=cast.provincial_officer(),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("outcome", "more", "said"),
    [
        ("not_received", {"note": " "}, "only your words"),
        ("received", {"visited_on": make.DAY + timedelta(1)}, "between the draw"),
        ("received", {"visited_on": make.DAY - timedelta(1)}, "between the draw"),
        ("received", {"counted": 0}, "0 counted, 1 recorded"),
        ("received", {"why": "Salah"}, "no visit to correct"),
    ],
)
def test_a_visit_that_cannot_be_is_refused_and_nothing_stands(sample, outcome, more, said):
    refused(make.visit, make.unit(sample), outcome, **more, said=said)
    assert not Visit.objects.exists()


def test_a_difference_of_goods_says_how_many():
    item = make_delivery.stocked(make_delivery.activity())
    handover = make_delivery.handover(item)
    handovers.confirm(
        handover, received=500, received_on=make_delivery.LAST, came_back=0, reason="",
        name="Sri", post="Staf", place="Gudang", by=cast.provincial_officer(), now=make.NOW,
        today=make_delivery.LAST,
    )  # fmt: skip
    unit = make.unit(make.drawn(make.frozen(kind="goods")))
    for wrong in (None, 500):
        refused(make.visit, unit, "different", counted=wrong, said="other than 500")
    assert make.visit(unit, "different", counted=480).finding


def test_each_finding_is_a_duty_until_somebody_settles_it(sample):
    visit = make.visit(make.unit(sample), "not_received")
    finding = Finding.objects.get(visit=visit)
    duty = workflow.open_duty(FINDING, finding.pk)
    assert duty.post.area == areas.province()
    assert duty.working_days == 15
    other = cast.person("provincial_officer", areas.province(), "second")
    refused(
        visits.take_move,
        finding,
        "settle",
        reason="",
        seen=None,
        now=make.NOW,
        by=other,
        said="reason",
    )
    with pytest.raises(PermissionDenied):
        visits.take_move(
            finding,
            "settle",
            reason="Diganti",
            seen=None,
            now=make.NOW,
            by=cast.provincial_officer("Bali"),
        )
    visits.take_move(finding, "settle", reason="Diganti", seen=1, now=make.NOW, by=other)
    assert workflow.last_step(FINDING, finding.pk).to_state == "settled"
    assert workflow.open_duty(FINDING, finding.pk) is None


def test_who_visited_does_not_say_alone_that_the_visit_was_wrong(sample):
    finding = make.visit(make.unit(sample), "not_found").finding
    refused(
        visits.take_move, finding, "refute", reason="Salah", seen=None, now=make.NOW,
        by=cast.provincial_officer(), said="made this visit yourself",
    )  # fmt: skip


def test_a_correction_names_what_it_corrects_and_ends_the_finding(sample):
    unit = make.unit(sample)
    first = make.visit(unit, "not_found")
    refused(make.visit, unit, "received", said="visited on 29 Jun 2020 already")
    second = make.visit(unit, "received", why="Rumah yang salah")
    assert second.corrects == first
    assert visits.standing(unit) == second
    step = workflow.last_step(FINDING, first.finding.pk)
    assert (step.to_state, step.reason) == ("unfounded", "Rumah yang salah")
    assert results(sample).wrong == 0
    third = make.visit(unit, "not_received", why="Ternyata tetangga")
    assert third.finding != first.finding
    assert Visit.objects.filter(unit=unit).count() == 3


def test_a_correction_to_another_fault_keeps_the_one_duty(sample):
    unit = make.unit(sample)
    first = make.visit(unit, "not_found")
    make.visit(unit, "not_received", why="Orangnya pulang")
    assert Finding.objects.get(unit=unit) == first.finding
    assert workflow.open_duty(FINDING, first.finding.pk)


def test_results_count_the_visits_that_stand_and_weigh_strata(sample):
    for outcome in ("received", "received", "not_received", "received"):
        make.visit(make.unit(sample), outcome)
    found = results(sample)
    assert (found.drawn, found.visited, found.wrong, found.is_whole) == (5, 4, 1, False)
    assert found.estimates["received"].share == 0.75
    assert found.estimates["received"].low < 0.75 < found.estimates["received"].high
    make.visit(make.unit(sample), "received")
    whole = results(sample)
    assert whole.is_whole
    assert (whole.estimates["received"].low, whole.estimates["received"].high) == (0.8, 0.8)


def test_a_link_opens_its_lines_and_nothing_else(sample):
    link, address = make.link(sample)
    make.seats(1, regency="Kota Bandung")
    other = make.drawn(make.frozen(title="Lain"))
    unit = make.unit(sample)
    with speaking_by_link(key_of(address)):
        assert SampleUnit.objects.count() == 5
        assert not SampleUnit.objects.filter(sample=other).exists()
        assert not SampleCheck.objects.exists()
        visit = make.visit(unit, "different", by=link)
        with pytest.raises(PermissionDenied):
            make.visit(make_unit_as_owner(other), by=link)
    assert (visit.by, visit.link) == (None, link)
    assert visit.finding


def sent(*acts, device="phone-0001"):
    return VisitsIn.model_validate({"device": device, "sent_at": "2020-06-30T03:00Z", "acts": acts})


def pressed(unit, number=1, outcome="received", **values):
    usual = {"note": "" if outcome == "received" else "Rumah kosong", "visitor": "Rahmat",
             "visited_on": "2020-06-29", "pressed_at": "2020-06-29T03:00Z"}  # fmt: skip
    return {"number": number, "unit": unit.pk, "outcome": outcome, **usual, **values}


def test_visits_of_a_phone_are_taken_once_in_the_order_of_its_presses(sample):
    link, address = make.link(sample)
    one, two = (SampleUnit.objects.filter(drawn__sample=sample).order_by("number"))[:2]
    acts = [
        pressed(one, 1), pressed(two, 2, "not_found"),
        pressed(two, 3, "received", why="Ternyata pindah sebelah"),
    ]  # fmt: skip
    with speaking_by_link(key_of(address)), override("en"):
        for order in (acts[::-1], acts, acts[:1]):
            verdicts = take_visits(sent(*order), by=link, now=make.NOW)
            assert {one.result for one in verdicts} == {"taken"}
        (other,) = take_visits(sent(pressed(one, 1, "not_found")), by=link, now=make.NOW)
        (silent,) = take_visits(sent(pressed(one, 4, "not_found")), by=link, now=make.NOW)
        (early,) = take_visits(
            sent(pressed(one, 5, why="salah", visited_on="2020-01-01")), by=link, now=make.NOW
        )
        (far,) = take_visits(sent(pressed(one, 6) | {"unit": 10**9}), by=link, now=make.NOW)
    assert "has this number already" in other.sentence
    assert "visited on 29 Jun 2020 already" in silent.sentence
    assert "between the draw" in early.sentence
    assert "among those of your link" in far.sentence
    assert Visit.objects.count() == 3
    assert [one.outcome for one in Visit.objects.filter(corrected_by=None)] == ["received"] * 2
    assert set(Visit.objects.values_list("device", "link")) == {("phone-0001", link.pk)}


def test_a_visit_that_comes_twice_at_once_takes_turns_before_it_is_looked_for(sample):
    link, address = make.link(sample)
    unit = SampleUnit.objects.filter(drawn__sample=sample).first()
    with speaking_by_link(key_of(address)), CaptureQueriesContext(connection) as done:
        take_visits(sent(pressed(unit)), by=link, now=make.NOW)
    queries = [one["sql"] for one in done]
    looked = next(i for i, sql in enumerate(queries) if "sampling_visit" in sql)
    assert any("FOR UPDATE" in sql for sql in queries[:looked])


def make_unit_as_owner(of):
    with speaking_for(cast.provincial_officer()):
        return make.unit(of)


def test_a_link_of_more_than_it_holds_names_the_way_out():
    make.seats(101)
    sample = make.drawn(make.frozen(wanted=Wanted(1, 99)))
    refused(make.link, sample, said="101 places are too many")


def test_pulih_check_repeats_each_draw_and_finds_a_line_that_was_slipped_in(sample):
    assert list(differences()) == []
    make.frozen(title="Belum diundi")
    assert list(differences()) == []
    first = sample.units.earliest("number")
    SampleUnit.objects.create(
        sample=sample, number=6, subject_id=first.subject_id + 1_000, name="Selundupan",
        province=first.province, measure=first.measure, quantity=1, expected="",
    )  # fmt: skip
    told = list(differences())
    assert told[0] == (
        f"sampling check {sample.pk}: its list is not the one whose digest was published"
    )
