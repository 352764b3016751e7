"""Reviewing pairs: who is asked, what the page tells before the click, the answer, the undoing."""

import pytest
from django.urls import reverse

from pulih.audit.models import Event
from pulih.linkage.explain import explain
from pulih.registry import actions
from pulih.registry.models import Distance, Enterprise, Merge, Review, ReviewAnswer
from pulih.registry.pairs import values_of
from tests.make import inbox as make_inbox
from tests.once import built_once
from tests.people import cast

pytestmark = pytest.mark.django_db
NIK = make_inbox.nik(7)


def build():
    """Make two doubtful pairs of Kab. Indramayu: the batik makers weigh more than the tailors."""
    officer = cast.regency_officer()
    make_inbox.read(
        make_inbox.firm(nik=NIK, phone="081911200001"),
        make_inbox.firm("Sari Wangi Collection", nik=make_inbox.nik(70), product="Gamis"),
        make_inbox.firm("Batik Complongan", owner="Aat", product="Batik", kbli="13134"),
        make_inbox.firm("Batik Bu Aat", owner="Aat Supriatin", product="Batik", kbli="13134"),
        by=officer,
        office=cast.area("Kab. Indramayu"),
    )
    firms = list(Enterprise.objects.order_by("pk"))
    Review.objects.all().delete()
    return [_review(*firms[2:4], weight=0.9).pk, _review(*firms[0:2], weight=0.6).pk]


built = built_once(build, "en")


@pytest.fixture
def pairs(built, db):
    known = Review.objects.select_related("first", "second").in_bulk(built)
    return [known[key] for key in built]


def _review(first, second, *, weight):
    explained = explain(values_of(first), values_of(second))
    terms = [
        {
            "comparison": term.comparison,
            "level": term.level,
            "bits": term.bits,
            "left": term.left,
            "right": term.right,
            "says_id": term.says.id,
            "says_en": term.says.en,
        }
        for term in explained.terms
    ]
    return Review.objects.create(
        first=first,
        second=second,
        province=first.province,
        regency=first.regency,
        weight=weight,
        terms=terms,
        distance=Distance.SAME_REGENCY,
    )


def sign_in(client, person):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")


def see(client, person, name, *arguments, **asked):
    sign_in(client, person)
    return client.get(reverse(name, args=arguments), asked)


def answer(client, person, review, said, query="", **more):
    sign_in(client, person)
    address = reverse("registry:answer", args=[review.pk]) + query
    return client.post(address, {"answer": said, **more})


def test_the_queue_shows_the_likeliest_pair_first(client, pairs):
    page = see(client, cast.regency_officer(), "registry:reviews")
    assert [one.pk for one in page.context["list"].page.rows] == [one.pk for one in pairs]


def test_a_pair_shows_differences_evidence_and_the_consequence_with_no_default(client, pairs):
    text = see(client, cast.regency_officer(), "registry:review", pairs[1].pk).content.decode()
    assert NIK not in text
    assert 'class="clash"' in text
    assert "Yang akan terjadi" in text
    for key in "123":
        assert f'data-key="{key}"' in text
    assert "checked" not in text.split("decide-form")[1].split("</form>")[0]


def test_the_rows_of_all_that_was_merged_into_either_are_told_before_the_click(client, pairs):
    first, _second, other = Enterprise.objects.order_by("pk")[:3]
    actions.merge(first, other, reason="", by=cast.regency_officer())
    page = see(client, cast.regency_officer(), "registry:review", pairs[1].pk)
    assert page.context["consequences"].rows == 3


def test_an_answer_opens_the_next_pair_of_the_same_queue(client, pairs):
    filters = "?distance=same_regency"
    answered = answer(client, cast.regency_officer(), pairs[0], "different", filters)
    assert answered.status_code == 303
    assert answered.headers["Location"].endswith(f"/{pairs[1].pk}/{filters}")


def test_one_firm_merges_and_taking_it_back_restores_both(client, pairs):
    officer = cast.regency_officer()
    answer(client, officer, pairs[0], "same", note="Satu alamat, sudah ditelepon.")
    assert Merge.objects.in_force().count() == 1
    page = see(client, officer, "registry:review", pairs[1].pk).content.decode()
    assert reverse("registry:undo-answer", args=[pairs[0].pk]) in page
    client.post(reverse("registry:undo-answer", args=[pairs[0].pk]))
    assert not Merge.objects.in_force().exists()
    pairs[0].refresh_from_db()
    assert pairs[0].state == "waiting"


def test_a_settled_pair_still_shows_what_each_sides_own_rows_say(client, pairs):
    officer = cast.regency_officer()
    answer(client, officer, pairs[0], "same")
    page = see(client, officer, "registry:review", pairs[0].pk)
    left, right = page.context["left"], page.context["right"]
    assert {left.name, right.name} == {"Batik Complongan", "Batik Bu Aat"}


def test_two_who_disagree_are_named_to_the_third(client, pairs):
    officer, province = cast.regency_officer(), cast.provincial_officer()
    answer(client, officer, pairs[0], "same", note="Satu pemilik")
    answer(client, province, pairs[0], "different")
    planner = cast.planner()
    page = see(client, planner, "registry:review", pairs[0].pk)
    text = page.content.decode()
    assert str(officer) in text
    assert str(province) in text
    assert "Satu pemilik" in text
    answer(client, planner, pairs[0], "same")
    pairs[0].refresh_from_db()
    assert pairs[0].state == "same"


def test_who_answered_is_not_asked_again(client, pairs):
    officer = cast.regency_officer()
    answer(client, officer, pairs[0], "unsure")
    rows = see(client, officer, "registry:reviews").context["list"].page.rows
    assert [one.pk for one in rows] == [pairs[1].pk]
    rows = see(client, cast.provincial_officer(), "registry:reviews").context["list"].page.rows
    assert len(rows) == 2


def test_no_answer_is_refused_and_saves_nothing(client, pairs):
    answer(client, cast.regency_officer(), pairs[0], "perhaps")
    assert not ReviewAnswer.objects.exists()


def test_a_second_answer_of_the_same_person_is_refused_in_words(client, pairs):
    officer = cast.regency_officer()
    answer(client, officer, pairs[0], "unsure")
    answer(client, officer, pairs[0], "same")
    assert ReviewAnswer.objects.count() == 1
    text = see(client, officer, "registry:review", pairs[0].pk).content.decode()
    assert 'role="alert"' in text or "note" in text


@pytest.mark.parametrize("person", ["provincial_officer", "regency_officer"])
def test_a_pair_of_another_area_does_not_exist(client, pairs, person):
    stranger = getattr(cast, person)("Bali" if person == "provincial_officer" else "Kota Denpasar")
    assert see(client, stranger, "registry:review", pairs[0].pk).status_code == 404
    assert answer(client, stranger, pairs[0], "same").status_code == 404
    assert not see(client, stranger, "registry:reviews").context["list"].page.rows


def test_an_auditor_reads_and_answers_nothing(client, pairs):
    auditor = cast.auditor()
    text = see(client, auditor, "registry:review", pairs[0].pk).content.decode()
    assert "decide-form" not in text
    assert answer(client, auditor, pairs[0], "same").status_code == 403


def test_filters_stay_in_the_address_and_can_be_taken_away(client, pairs):
    page = see(client, cast.regency_officer(), "registry:reviews", weight="faint")
    assert not page.context["list"].page.rows
    assert "chip" in page.content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_queue_is_exported_as_it_is_filtered_and_the_export_recorded(client, pairs, form):
    answered = see(client, cast.provincial_officer(), "registry:reviews", format=form)
    content = b"".join(answered.streaming_content)
    assert Event.objects.filter(verb="registry.export").count() == 1
    if form == "csv":
        text = content.decode("utf-8-sig")
        assert [text.count(one.first.name) for one in pairs] == [1, 1]
        assert "kabupaten/kota yang sama" in text
        assert NIK not in text
    few = see(client, cast.provincial_officer(), "registry:reviews", format="csv", weight="faint")
    assert pairs[0].first.name not in b"".join(few.streaming_content).decode()


def test_a_stranger_exports_no_pair(client, pairs):
    stranger = cast.provincial_officer("Bali")
    answered = see(client, stranger, "registry:reviews", format="csv")
    text = b"".join(answered.streaming_content).decode()
    assert not any(one.first.name in text for one in pairs)


def test_who_may_not_answer_is_not_asked_to_start(client, pairs):
    client.cookies["pulih_language"] = "en"
    text = see(client, cast.auditor(), "registry:reviews").content.decode()
    assert "2 pairs</b> wait" in text
    assert "Start reviewing" not in text
    assert "you answered" not in text
    assert "Start reviewing" in see(client, cast.planner(), "registry:reviews").content.decode()
