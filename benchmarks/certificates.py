"""How long 10,000 certificates take to print, beside bare Typst on the same values.

    python -m benchmarks.certificates [--scale 0.1]

Classes of 25, a PDF each, as an office prints them: each certificate gets its square code drawn,
texts are made printable, and Typst sets the pages. Beside it Typst alone gets finished values of
another such class, since Typst remembers what it has set. By processor time, in turns, after one
class of each that is not counted: it loads what a process loads once. No database: reading a class
is not in it. Exits 1 below its floor.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

NUMBER, CLASS = 10_000, 25
GOAL, FLOOR = 0.5, 0.5  # Seen 0.82 to 0.85.


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--scale", type=float, default=1.0)
    classes = max(2, int(NUMBER * parser.parse_args().scale) // CLASS)

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pulih.config.settings")
    django.setup()
    from pulih.delivery.documents.certificate import TEMPLATE
    from pulih.documents.typesetting import typeset

    turns: list[tuple[float, float]] = []
    for _turn in range(1 + classes):
        finished = of_class()
        own_time = used(lambda: typeset(TEMPLATE, of_class()))
        turns.append((own_time, used(partial(set_bare, TEMPLATE, finished))))
    own, bare = (sum(times) for times in zip(*turns[1:], strict=True))
    number = classes * CLASS
    print(f"{number:,} certificates: {1e3 * own / number:.1f} ms of processor each, bare Typst "
          f"{1e3 * bare / number:.1f}; {bare / own:.2f} of bare Typst (goal {GOAL})")  # fmt: skip
    print(f"  {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    return 0 if bare / own >= FLOOR else 1


def of_class() -> dict[str, Any]:
    """Return the values of a class's certificates, as `certificate.values` does."""
    from pulih.documents.codes import new_code
    from pulih.documents.seals import seal

    return {
        "activity": "Bimtek pembuatan masker kain", "office": "Jawa Barat", "cohort": "Angkatan 1",
        "site": "Balai latihan, Kab. Indramayu", "days": "22 Jun 2020 sampai 25 Jun 2020",
        "hours": 32, "subjects": [[f"Pelajaran {n}", "4"] for n in range(8)],
        "people": [
            {"name": f"Siti Aminah {n}", "number": f"S-{n}", "dated": "25 Jun 2020",
             "seal": seal(new_code())}
            for n in range(CLASS)
        ],
    }  # fmt: skip


def set_bare(template: Any, values: dict[str, Any]) -> None:
    import json

    import typst

    from pulih.documents.typesetting import inputs, root_of

    typst.compile(
        str(template), root=root_of(template), format="pdf", pdf_standards=["ua-1"],
        sys_inputs=inputs(json.dumps(values, ensure_ascii=False), []),
    )  # fmt: skip


def used(work: Callable[[], Any]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
