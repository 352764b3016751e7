"""What stands before the demonstration's proposals and activities: lines, and who is known."""

from pulih.scenarios.covid_2020 import generated, pok, promises
from pulih.scenarios.covid_2020.shares import province_shares
from tests.make import areas, impact
from tests.make import budget as make


def lines_that_pay(seed):
    """Open the lines from which the proposals that come that far are paid."""
    for share in province_shares(2_000, seed):
        if share.code in pok.SET_APART:
            lines(share, pok.SET_APART[share.code])
    for number, share in enumerate(province_shares(2_000, seed)):
        if share.code not in pok.SET_APART and generated.left_at(number) in promises.UNTIL:
            lines(share, {"521211": 9_000_000, "522151": 9_000_000})


def lines(share, amounts):
    unit = make.unit(areas.province(share.place.name), pok.unit_code(share.code))
    for account, ceiling in amounts.items():
        make.line(unit, f"9201.001.001.051.F.{account}", ceiling=ceiling)


def few_are_known_in(regency, province):
    """Let the lists know one affected firm: those who lost their work may come as well."""
    impact.report(impact.enterprise("Las Uji", regency, province))
