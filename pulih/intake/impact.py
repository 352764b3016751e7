"""The sheet of impact: the firms' columns and what this month did to them."""

from functools import partial

from pulih.intake import firms, lists
from pulih.intake.columns import Column, declared
from pulih.intake.readings import counts, days, words

column = partial(declared, "impact")

ONLY_HERE: tuple[Column, ...] = (
    column(
        "month",
        ("bulan laporan", "month of the report"),
        ("bulan, misalnya Juni 2020", "a month such as June 2020"),
        days.MONTH,
    ),
    column(
        "obstacles",
        ("kendala", "obstacles"),
        ("kendala, dipisah titik koma", "obstacles, separated by semicolons"),
        lists.obstacles(),
    ),
    column(
        "workers_before", ("tenaga kerja sebelumnya", "workers before"), firms.PEOPLE, counts.COUNT
    ),
    column(
        "turnover_period",
        ("kurun omzet", "period of the turnover"),
        ("bulan atau tahun", "month or year"),
        words.PERIODS,
    ),
)

COLUMNS: tuple[Column, ...] = (*firms.COLUMNS, *ONLY_HERE)
KEYS = firms.KEYS
