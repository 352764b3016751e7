"""Every table keeps what it was and shows a person her own rows alone, or says why it need not."""

from contextlib import nullcontext, suppress

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, models, transaction

from pulih.audit.models import AppendOnly
from pulih.people.scope import speaking_for
from tests.people import cast

WITHOUT_HISTORY = {
    "areas": "reference data, each row with its own days of validity",
    "inbox.BatchProgress": "the progress of one reading",
    "budget.DaySum": "a rollup of the entries, taken by the seal and checked against them",
    "budget.SummedLine": "how far that rollup goes",
    "budget.PromisedLine": "a balance that the entries give, kept by their one writer",
    "delivery.Stock": "the sum of the moves, which a trigger keeps and nothing else changes",
    "planning.Attempt": "the progress of one computation",
    "planning.Study": "the progress of a question; its answers are added and never change",
    "lists.Download": "the progress of one file, deleted with it a day later",
    "lists.SavedView": "a shortcut of one person, who alone names, uses and removes it",
    "workflow.Notice": "what was said stays, by trigger; only read and mailed change",
    "workflow.Mail": "a trigger lets its state only go on, and keeps its words",
    "impact.ImpactReport": "only two flags may change, and they follow from its file and the rest",
    "market.UnreadCapacity": "made anew whenever its file is read",
    "proposals.Assignment": "a trigger keeps who reviews what, and shuts it once given",
    "portal.ReleaseWork": "the progress of the work that was asked for last",
    "market.RunProgress": "the progress of one computation",
    "people.SignIn": "a browser that is signed in; the record tells who ended one",
    "impact.AffectedCount": "a rollup, counted anew from the reports",
}
WITHOUT_SCOPE = {"references": "lists for everyone, the same in every office"}


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("pulih.")]


def is_excused(model: type[models.Model], excuses: dict[str, str]) -> bool:
    return model._meta.label in excuses or model._meta.app_label in excuses


def is_event(model: type[models.Model]) -> bool:
    return model._meta.model_name.endswith("event")


def test_what_can_change_keeps_its_earlier_states():
    forgetful = [
        model._meta.label
        for model in own_models()
        if not is_event(model)
        and not issubclass(model, AppendOnly)
        and not hasattr(model, "pgh_event_model")
        and not hasattr(model, "events")
        and not is_excused(model, WITHOUT_HISTORY)
    ]
    assert forgetful == []


@pytest.mark.django_db
def test_every_table_of_a_place_is_behind_the_wall():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        walled = {name for (name,) in cursor.fetchall()}
    open_tables = [
        model._meta.label
        for model in own_models()
        if any(field.name in ("province", "province_id") for field in model._meta.fields)
        and model._meta.db_table not in walled
        and not is_excused(model, WITHOUT_SCOPE)
    ]
    assert open_tables == []


# Beside tables of `WITHOUT_SCOPE`: why a table has no policy, by the beginning of its name.
WITHOUT_POLICY = {
    "areas_": "the same for everybody; its owner alone writes it",
    "references_": "lists for everyone, the same in every office",
    "measures_": "the catalogue of support, which everybody may read",
    "market_product": "the catalogue of goods, which everybody may read",
    "market_standard": "standards of goods, which everybody may read",
    "portal_": "what is published; unpublished releases have policies",
    "budget_seal": "hashes that are published; triggers let one function write them",
    "axes_": "counts failed sign-ins of people who are nobody yet",
    "procrastinate_": "any process takes jobs; triggers hold in whose name one is queued",
    "account_emailconfirmation": "unused: addresses are confirmed by signed links",
    "auth_": "unused: a person has one role",
    "people_user_": "unused: a person has one role",
    "people_proofkey": "closed to the serving role",
    "pghistory_context": "unused: each earlier state names its person",
    "django_content_type": "names of tables",
    "django_migrations": "which migrations ran; the owner alone writes it",
    "pulih_sql": "which SQL files ran; the owner alone writes it",
}


@pytest.mark.django_db
def test_every_table_has_a_policy_or_a_reason_and_every_reason_a_table():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relrowsecurity"
            " AND relnamespace = 'public'::regnamespace"
        )
        without = {name for (name,) in cursor.fetchall()}
    reasons = {name: [each for each in WITHOUT_POLICY if name.startswith(each)] for name in without}
    assert [name for name, found in sorted(reasons.items()) if not found] == []
    used = {each for found in reasons.values() for each in found}
    assert sorted(WITHOUT_POLICY.keys() - used) == []


# Of those without a policy: what any process writes. Earlier states and seals have row triggers.
WRITTEN_BY_ALL = ("axes_", "procrastinate_", "auth_", "account_", "people_user_", "pghistory_")
BY_ROW = ("event", "budget_seal")


@pytest.mark.django_db
def test_who_only_reads_writes_nothing_that_everybody_reads():
    with speaking_for(cast.auditor()), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relrowsecurity"
            " AND relnamespace = 'public'::regnamespace"
        )
        found = [name for (name,) in cursor.fetchall() if not name.endswith(BY_ROW)]
        names = [name for name in found if not name.startswith(WRITTEN_BY_ALL)]
        written = []
        for name in names:
            with suppress(ProgrammingError), transaction.atomic():
                cursor.execute(f'DELETE FROM "{name}"')
                written.append(name)
    assert len(names) > 15
    assert written == []


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "writes"), [(cast.planner, True), (cast.regency_officer, False)])
def test_who_manages_measures_writes_them_and_who_reads_them_does_not(make, writes):
    refused = nullcontext() if writes else pytest.raises(ProgrammingError, match="Others write")
    with speaking_for(make()), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute("UPDATE measures_measure SET batch = batch")


@pytest.mark.django_db
def test_nobody_widens_a_reach_by_moving_areas():
    officer, elsewhere = cast.regency_officer(), cast.area("Kab. Bandung")
    widened = (
        "INSERT INTO areas_areaclosure (ancestor_id, descendant_id, valid_from)"
        " VALUES (%s, %s, '2020-01-01')"
    )
    with speaking_for(officer), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError, match="Others write"), transaction.atomic():
            cursor.execute(widened, [cast.area("Kab. Indramayu").pk, elsewhere.pk])
        cursor.execute("SELECT pulih_regencies()")
        assert elsewhere.pk not in cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["django_migrations", "auth_permission", "django_content_type"])
def test_what_the_owner_alone_writes_is_closed_to_who_serves(table):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(f"DELETE FROM {table}")
