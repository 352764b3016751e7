"""What linking made of a file, and the planner's page of the runs."""

from datetime import date

import pytest
from django.urls import reverse

from pulih.registry import actions
from pulih.registry.models import Enterprise, LinkRun
from tests.make import inbox as make_inbox
from tests.make import registry as make_registry
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
LATER = date(2020, 6, 30)


@made_once(language="en")
def batch():
    """A list of three firms, one of them twice, that is stored and not linked yet."""
    batik = {"name": "Batik Sekar Jagad", "owner": "Karsinah Prawiro", "nik": ""}
    return make_inbox.read(
        make_registry.row(1),
        make_registry.row(2),
        make_registry.row(3, **batik),
        make_registry.row(3, **batik, workers="4"),
        **make_registry.indramayu(),
    )


def see(client, person, name, *arguments, **asked):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse(f"registry:{name}", args=arguments), asked)


def test_while_a_file_waits_its_page_asks_again_by_itself(client, batch):
    text = see(client, cast.regency_officer(), "links", batch.pk).content.decode()
    assert 'hx-trigger="every 2s"' in text


def test_once_linked_it_counts_and_shows_examples(client, batch):
    actions.link_batch(batch.pk)
    page = see(client, cast.regency_officer(), "links", batch.pk)
    run = LinkRun.objects.get(batch=batch)
    told = page.context["linked"]
    assert run.new + run.matched + run.waiting == run.records
    assert bool(told.merges) == bool(run.matched)
    assert told.new
    text = page.content.decode()
    assert "every 2s" not in text
    assert "Pemadanan ini" in text


def test_the_joined_go_by_the_names_that_their_own_rows_give(client, batch):
    actions.link_batch(batch.pk)
    later = make_inbox.read(
        make_registry.row(1, name="Melati Indah Konveksi"),
        as_of=LATER,
        **make_registry.indramayu(),
    )
    actions.link_batch(later.pk)
    assert Enterprise.objects.earliest("pk").name.startswith("Melati")
    told = see(client, cast.regency_officer(), "links", later.pk).context["linked"]
    names = [(one.first, one.second) for one in told.merges]
    assert names == [("Konveksi Melati Indah", "Melati Indah Konveksi")]


def test_who_was_known_by_a_number_is_counted_apart_from_the_new(client, batch):
    actions.link_batch(batch.pk)
    later = make_inbox.read(
        make_registry.row(1), make_registry.row(5), as_of=LATER, **make_registry.indramayu()
    )
    actions.link_batch(later.pk)
    client.cookies["pulih_language"] = "en"
    text = see(client, cast.regency_officer(), "links", later.pk).content.decode()
    assert "1 firm is new" in text
    assert "1 more was known by NIB, or by NIK and name." in text
    page = client.get(reverse("inbox:batch", args=[later.pk])).content.decode()
    assert "1 known by number · 1 compared with the register" in page


def test_who_is_asked_about_is_no_example_of_the_new(client, batch):
    actions.link_batch(batch.pk)
    told = see(client, cast.regency_officer(), "links", batch.pk).context["linked"]
    first, second = told.new[:2]
    asked = make_registry.review(first, second)
    told = see(client, cast.regency_officer(), "links", batch.pk).context["linked"]
    assert not {first, second} & set(told.new)
    assert [one.review for one in told.reviews] == [asked]


def test_what_was_doubtful_and_is_answered_waits_no_more(client, batch):
    actions.link_batch(batch.pk)
    LinkRun.objects.update(waiting=2)
    asked = make_registry.review(*Enterprise.objects.listed().order_by("pk")[:2])
    client.cookies["pulih_language"] = "en"
    text = see(client, cast.regency_officer(), "links", batch.pk).content.decode()
    assert "2 were doubtful: 1 pair still waits for a person" in text
    actions.answer(asked, "different", by=cast.regency_officer())
    text = see(client, cast.regency_officer(), "links", batch.pk).content.decode()
    assert "2 were doubtful: none waits any more" in text


def test_the_page_of_the_file_takes_one_line_of_it(client, batch):
    actions.link_batch(batch.pk)
    text = see(client, cast.regency_officer(), "links", batch.pk, part=1).content.decode()
    assert "Siapa saja di dalamnya?" in text
    inbox = client.get(reverse("inbox:batch", args=[batch.pk])).content.decode()
    assert f'hx-get="{reverse("registry:links", args=[batch.pk])}?part=1"' in inbox


def test_a_file_of_another_area_does_not_exist(client, batch):
    assert see(client, cast.regency_officer("Kota Bandung"), "links", batch.pk).status_code == 404


def test_the_planner_sees_runs_thresholds_and_what_there_is_to_learn_from(client, batch):
    actions.link_batch(batch.pk)
    page = see(client, cast.planner(), "linking")
    assert [run.batch_id for run, _time, _tone in page.context["runs"]] == [batch.pk]
    assert page.context["answers"] == 0
    assert "disabled" in page.content.decode()


def test_too_few_answers_teach_nothing_and_the_page_says_how_many_it_takes(client):
    client.force_login(cast.planner())
    answered = client.post(reverse("registry:learn"), follow=True)
    assert "200" in answered.content.decode()


@pytest.mark.parametrize("name", ["linking", "relink", "learn"])
def test_only_the_planner_runs_the_whole_register(client, name):
    client.force_login(cast.provincial_officer())
    assert client.post(reverse(f"registry:{name}")).status_code in (403, 405)
    assert see(client, cast.provincial_officer(), "linking").status_code == 403
