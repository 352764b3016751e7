"""Our registry of triggers answers as pgtrigger's own does."""

import pgtrigger
import pytest
from pgtrigger import registry

from pulih.audit.models import Event
from pulih.audit.trigger_registry import QuickRegistry

OWN = registry._Registry


def trigger(name, func="RETURN NEW;"):
    return pgtrigger.Trigger(
        name=name, when=pgtrigger.Before, operation=pgtrigger.Insert, func=func
    )


@pytest.fixture
def left_as_it_was():
    meta = Event._meta
    before = list(getattr(meta, "triggers", [])), list(meta.original_attrs.get("triggers", []))
    yield
    meta.triggers, meta.original_attrs["triggers"] = before


def test_it_knows_the_same_names_as_pgtriggers():
    ours = registry._registry
    assert isinstance(ours, QuickRegistry)
    assert len(ours) > 300
    assert ours.by_db_table == OWN.by_db_table.fget(ours)
    assert ours.pg_function_names == OWN.pg_function_names.fget(ours)


def test_a_name_that_is_taken_is_refused_until_it_is_given_back(left_as_it_was):
    uri = "audit.Event:a_new_one"
    trigger("a_new_one").register(Event)
    try:
        with pytest.raises(KeyError, match="already used"):
            trigger("a_new_one", func="RETURN NULL;").register(Event)
        assert ("audit_event", "a_new_one") in registry._registry.by_db_table
    finally:
        registry.delete(uri)
    assert ("audit_event", "a_new_one") not in registry._registry.by_db_table
    assert registry._registry.pg_function_names == OWN.pg_function_names.fget(registry._registry)
