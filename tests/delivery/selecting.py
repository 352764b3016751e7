"""People who apply and pass every list, and their selection, step by step."""

from datetime import UTC, date, datetime, timedelta

from pulih.delivery.actions import applicants, checks, decrees, selections
from tests.make import areas
from tests.make import delivery as make
from tests.people import cast

NOW = datetime(2020, 6, 22, 4, tzinfo=UTC)
DAY = date(2020, 6, 22)
CRITERIA = {
    "severity_percent": 100, "office_percent": 100, "laid_off_points": 20,
    "disability_points": 10, "one_a_household": True,
}  # fmt: skip
HEADS = "Nama\tNIK\tJK\tDesa\tNilai\tRumah tangga\tPHK\tDifabel"


def passing(activity, rows, regency="Kab. Indramayu", first=1):
    """Let people apply, pass every list, and waive the size of firms that nobody here has."""
    lines = [
        f"Orang {at}\t{make.nik(at)}\tP\tEretan\t{points}\t{household}\t{laid_off}\t"
        for at, (points, household, laid_off) in enumerate(rows, first)
    ]
    applicants.add_list(
        activity, regency=areas.regency(regency), people="\n".join([HEADS, *lines]),
        by=cast.provincial_officer(), today=DAY,
    )  # fmt: skip


def cleared(activity, most=20):
    make.all_lists([make.nik(at) for at in range(1, most)])
    make.checked(activity)
    checks.waive_all(
        activity, stage="selection", check="size", reason="bekerja di IKM", by=cast.planner(),
        now=NOW,
    )  # fmt: skip


def drawn(activity, seed="46-13-07", **criteria):
    by = cast.provincial_officer()
    made = selections.publish(activity, by=by, now=NOW, **{**CRITERIA, **criteria})
    selections.freeze(made, by=by, now=NOW)
    return selections.draw(
        made, seed=seed, witness="Camat", other_witness="Kepala Desa", by=by,
        now=NOW + timedelta(minutes=1),
    )  # fmt: skip


def chosen(activity, **criteria):
    made = drawn(activity, **criteria)
    return selections.choose(made, by=cast.provincial_officer(), now=NOW)


def decided(selection, decreed_on=DAY):
    return decrees.decree(
        selection, number="SK-9", decreed_on=decreed_on, by=cast.provincial_officer(), now=NOW,
        today=DAY,
    )  # fmt: skip
