"""How fast the register answers: list, deep page, search, at 60,000 and at 1,000,000 enterprises.

    python -m benchmarks.lists [--scale 0.1] [--repeats 200]

Every question goes through the whole of Django, as an officer of the ministry asks it: sign-in by
session, row-level security, template. Prints p50 and p99 in milliseconds, and their count, which a
page asks for beside itself. Fails (exit 1) when a p99 at the larger size is more than twice that
at the smaller one and above 60 ms. Scale 0.1 compares 60,000 with 100,000.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

SMALL, FULL = 60_000, 1_000_000
MOST_TIMES, NOISE_MS = 2.0, 60.0
MEMORY = ("shared_buffers", "work_mem", "effective_cache_size", "random_page_cost", "jit")
FILL = """
    INSERT INTO registry_enterprise (id, province_id, regency_id, name, sort_key, owner_name, nik,
        kbli, product, workers, scale, is_manufacturing, first_seen, last_seen, is_listed, search)
    SELECT nextval('registry_enterprise_id_seq'), place.province, place.regency, initcap(word.name),
        word.name, initcap(word.owner), lpad((n * 7919 %% 10000000000)::text, 16, '32'), '14111',
        'Baju',
        n %% 19 + 1, 'small', true, '2020-05-31', '2020-05-31', true,
        array_to_tsvector(string_to_array(word.name || ' ' || word.owner, ' '))
    FROM generate_series(%(first)s::bigint, %(last)s) AS n
    CROSS JOIN LATERAL (SELECT %(words)s::text[] AS w) AS list
    CROSS JOIN LATERAL (SELECT
        w[1 + n * 7 %% 20] || ' ' || w[1 + (n * 2654435761 %% 2744)] || ' '
            || w[1 + (n * 40503 %% 2731)] AS name,
        w[1 + (n * 48271 %% 600)] || ' ' || w[1 + (n * 69621 %% 2707)] AS owner) AS word
    JOIN LATERAL (
        SELECT p[1 + n %% cardinality(p)] AS province, r[1 + n %% cardinality(r)] AS regency
        FROM (SELECT %(provinces)s::bigint[] AS p, %(regencies)s::bigint[] AS r) AS x
    ) AS place ON true
"""


@contextmanager
def throwaway() -> Iterator[None]:
    """Start a PostgreSQL of our own with every table, and let Django speak to it."""
    from pulih.config.start import set_up

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pulih.config.settings")
    set_up()  # As when served: else looking for rubbish stops a page for a fifth of a second.
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from tests import throwaway_server

    # Not the keys of an installation, nor none: lists with numbers of persons would be refused.
    settings.NUMBER_KEYS, settings.NUMBER_HASH_KEY = ["key of benchmarks"], "hash key of benchmarks"
    settings.NUMBER_KEYS_FILE = None

    def use(database: dict[str, Any]) -> None:
        connections.close_all()
        connections["default"].settings_dict.update(database)

    def migrate(database: dict[str, Any]) -> None:
        use(database)
        call_command("migrate", verbosity=0, interactive=False)
        connections.close_all()

    url = os.environ.get("DATABASE_URL", "")
    with throwaway_server.server_for_tests(url, migrate, _as_served()) as server:
        server.create("pulih_bench")
        use(server.app("pulih_bench"))
        _owner.update({**server.owner, "NAME": "pulih_bench"})
        yield
        connections.close_all()
        if url:  # A server of our own goes as a whole.
            server.drop("pulih_bench")


def _as_served() -> str:
    """The memory that `pulih serve` gives PostgreSQL: with less, a table of 100,000 rows is read
    from the disk's cache each time."""
    from pulih.config.postgres_server import CONFIGURATION

    settings = dict(line.split(" = ") for line in CONFIGURATION.splitlines())
    return " ".join(f"-c {name}={settings[name]}" for name in MEMORY)


_owner: dict[str, Any] = {}


def owner_connection() -> Any:
    """Return a connection of the role that owns the tables, which policies do not bind."""
    from pulih.config.roles import connect

    return connect(_owner)


@contextmanager
def as_owner() -> Iterator[None]:
    """Let Django speak to the same database as the role that owns the tables."""
    from django.db import connections

    before = dict(connections["default"].settings_dict)
    connections.close_all()
    connections["default"].settings_dict.update(_owner)
    yield
    connections.close_all()
    connections["default"].settings_dict.update(before)


def fill(first: int, last: int) -> None:
    """Add invented enterprises, spread over all places; a few words are far more frequent."""
    from pulih.areas.models import AreaClosure

    syllables = [
        "sa",
        "ri",
        "wa",
        "ngi",
        "ma",
        "ju",
        "ba",
        "ru",
        "ci",
        "ta",
        "su",
        "ko",
        "de",
        "lu",
    ]
    words = [f"{a}{b}{c}" for a in syllables for b in syllables for c in syllables]
    random.Random(1).shuffle(words)
    pairs = AreaClosure.objects.filter(
        depth=1, ancestor__level="province", descendant__level="regency", valid_to=None
    ).values_list("ancestor_id", "descendant_id")
    provinces, regencies = zip(*pairs, strict=True)
    asked = {"first": first, "last": last, "words": words}
    owner = owner_connection()
    owner.execute(FILL, {**asked, "provinces": list(provinces), "regencies": list(regencies)})
    owner.execute("VACUUM ANALYZE registry_enterprise")


def questions(client: Any) -> dict[str, Callable[[], Any]]:
    """Return what is asked, by name; each call asks once and differs from the one before."""
    from pulih.registry.models import Enterprise

    dice = random.Random(7)
    letters = [a + b for a in "bcdjklmnrstw" for b in "aiu"]
    names = list(Enterprise.objects.order_by("id").values_list("name", "nik")[:500])
    deep = _deep_page(client)

    def ask(path: str = "", **asked: str) -> Any:
        answer = client.get(f"/enterprises/{path}", asked)
        assert answer.status_code == 200
        return answer

    return {
        "first page": ask,
        "deep page": lambda: ask(page=deep),
        "hit, half a name": lambda: ask(
            q=" ".join(w[:5] for w in dice.choice(names)[0].split()[1:])
        ),
        "hit, NIK": lambda: ask(q=dice.choice(names)[1]),
        "no hit": lambda: ask(q=f"zz{dice.randrange(10**6)}"),
        "two letters": lambda: ask(q=dice.choice(letters)),
        "count of two letters": lambda: ask("count/", q=dice.choice(letters)),
    }


def _deep_page(client: Any) -> str:
    """Return the cursor of the page after half of all names."""
    from pulih.registry.models import Enterprise
    from pulih.registry.search import _write

    half = Enterprise.objects.count() // 2
    return _write(1, Enterprise.objects.order_by("sort_key", "id")[half], half)


def measured(client: Any, repeats: int) -> dict[str, tuple[float, float]]:
    """Return p50 and p99 in milliseconds by question."""
    found = {}
    for name, ask in questions(client).items():
        for _ in range(5):
            ask()
        times = []
        for _ in range(repeats):
            begun = time.perf_counter()
            ask()
            times.append((time.perf_counter() - begun) * 1000)
        found[name] = (statistics.median(times), statistics.quantiles(times, n=100)[98])
    return found


def measure(scale: float, repeats: int) -> bool:
    """Measure both sizes and print them beside each other; return whether the bound holds."""
    from django.conf import settings
    from django.test import Client

    from pulih.people.scope import speaking_as_system
    from tests.people import cast

    settings.ALLOWED_HOSTS = ["*"]
    large = max(int(FULL * scale), SMALL + 40_000)
    with speaking_as_system():
        planner = cast.planner()
        client = Client()
        client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
        fill(1, SMALL)
        few = measured(client, repeats)
        fill(SMALL + 1, large)
        many = measured(client, repeats)
    print(f"{'ms, p50 / p99':24}{SMALL:>18,}{large:>18,}   load {os.getloadavg()[0]:.1f}")
    for name in few:
        small, full = few[name], many[name]
        print(f"{name:24}{small[0]:9.1f}/{small[1]:8.1f}{full[0]:9.1f}/{full[1]:8.1f}")
    pages = [name for name in few if not name.startswith("count")]
    return all(many[n][1] <= max(MOST_TIMES * few[n][1], NOISE_MS) for n in pages)


def run(words: str | None, measured: Callable[[float, int], bool], repeats: int = 100) -> int:
    """Measure in a database of its own at the size that the command line names; return 0 or 1.

    words: of the benchmark, for --help.
    """
    parser = argparse.ArgumentParser(description=words)
    parser.add_argument("--scale", type=float, default=0.1)
    parser.add_argument("--repeats", type=int, default=repeats)
    options = parser.parse_args()
    with throwaway():
        return 0 if measured(options.scale, options.repeats) else 1


if __name__ == "__main__":
    sys.exit(run(__doc__, measure, repeats=200))
