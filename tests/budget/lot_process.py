"""A process that pays from several threads until it is killed, and tells what was acknowledged."""

import os
from concurrent.futures import ThreadPoolExecutor

THREADS = 6


def pay_for_ever(database, secret, keys, answers):
    """database: how Django signs in; secret: of the proofs; keys: of the lines to pay on."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "pulih.config.settings"
    os.environ["PULIH_PERSON_SECRET"] = secret
    django.setup()
    from django.db import connections

    from pulih.budget.models import BudgetLine
    from pulih.people.scope import speaking_as_system
    from tests.budget.test_lots_race import pay

    connections["default"].settings_dict.update(database)
    with speaking_as_system():
        lines = list(BudgetLine.objects.filter(pk__in=keys).select_related("unit__province"))

    def forever(thread):
        for n in range(10_000):
            number, line = f"P{thread}/{n}", lines[n % len(lines)]
            answers.put((number, line.pk, pay(line, number)))

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(forever, range(THREADS)))
