"""Facts of a unit and quarter with defaults, rows typed by an officer, and facts of any shape."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from pulih.budget.models import SpendingUnit
from pulih.monitoring import actions, models
from pulih.monitoring.ledger import part_of
from pulih.monitoring.rules.facts import Heading, MoneyLine, Note, Output, QuarterFacts, Signer
from pulih.people.models import User
from pulih.people.scope import speaking_for
from tests.make import budget

YEAR, QUARTER = 2020, 1
IN_TIME = datetime(2020, 4, 7, 16, 0, tzinfo=UTC)  # 23:00 WIB of the fifth working day.
KPA = {"role": "kpa", "name": "Ratna Wulandari", "nip": "197001011995032001",
       "post": "Kepala Dinas", "place": "Bandung"}  # fmt: skip
PPK = {**KPA, "role": "ppk", "name": "Bagus Santika", "post": "Pejabat Pembuat Komitmen"}


def line(output: str = "001.001", **values: Any) -> MoneyLine:
    usual: dict[str, Any] = {
        "programme": "", "activity": "9201", "output": output, "account": "521211",
        "account_name": "Belanja Bahan", "fund_source": "RM", "ceiling": 100_000_000,
        "blocked": 0, "committed": 40_000_000, "realised": 25_000_000, "realised_before": 0,
    }  # fmt: skip
    return MoneyLine(**(usual | values))


def output(code: str = "001.001", **values: Any) -> Output:
    usual: dict[str, Any] = {
        "programme": "", "activity": "9201", "output": code, "name": "Bimtek masker",
        "indicator": "IKM dilatih", "measured_in": "IKM", "volume": Decimal(40),
        "planned": 20_000_000, "planned_before": 0, "physical_target": Decimal(25),
        "physical_target_before": Decimal(0), "volume_done": Decimal(10),
        "physical": Decimal(20), "physical_before": Decimal(0),
    }  # fmt: skip
    return Output(**(usual | values))


def facts(**values: Any) -> QuarterFacts:
    usual: dict[str, Any] = {
        "unit_code": "029999", "unit_name": "Disperindag Provinsi Jawa Barat",
        "province": "Jawa Barat", "authority": "DK", "fiscal_year": YEAR, "quarter": QUARTER,
        "day": date(2020, 3, 31), "lines": (line(),), "outputs": (output(),),
        "headings": (Heading("", "", "Program IKM"), Heading("", "9201", "Pengembangan IKM")),
        "notes": (Note("", "9201", "PSBB", "Daring", "Dinas Kominfo"),),
        "signers": (Signer(**KPA), Signer(**PPK)),
    }  # fmt: skip
    return QuarterFacts(**(usual | values))


@st.composite
def any_lines(draw: st.DrawFn) -> tuple[MoneyLine, ...]:
    """Return lines of up to 3 programmes, 3 activities and 3 outputs each, with lawful amounts."""
    keys = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["", "019.05.01", "019.05.09"]),
                st.sampled_from(["9201", "9202", "9203"]),
                st.sampled_from(["001", "001.001", "ABO.002"]),
                st.sampled_from(["511111", "521211", "526311", "532111"]),
                st.sampled_from(["RM", "RMP", "PNP", "BLU", "PLN", "HLN", "SBSN"]),
            ),
            min_size=1, max_size=12, unique=True,
        )
    )  # fmt: skip
    return tuple(_any_line(draw, key) for key in keys)


def _any_line(draw: st.DrawFn, key: tuple[str, str, str, str, str]) -> MoneyLine:
    programme, activity, code, account, fund_source = key
    ceiling = draw(st.integers(0, 3_000_000_000))
    committed = draw(st.integers(0, ceiling))
    realised = draw(st.integers(0, committed))
    return line(
        code, programme=programme, activity=activity, account=account, fund_source=fund_source,
        ceiling=ceiling, blocked=draw(st.integers(0, ceiling - committed)), committed=committed,
        realised=realised, realised_before=draw(st.integers(0, realised)),
    )  # fmt: skip


@st.composite
def any_facts(draw: st.DrawFn) -> QuarterFacts:
    """Return a unit with any lawful money and with some outputs told, some not."""
    lines = draw(any_lines())
    parts = sorted({one.part for one in lines})
    told = [part for part in parts if draw(st.booleans())]
    outputs = tuple(
        output(
            part.output, programme=part.programme, activity=part.activity,
            planned=draw(st.none() | st.integers(0, 10**9)),
            physical=draw(st.none() | st.decimals(0, 100, places=2)),
        )
        for part in told
    )  # fmt: skip
    return facts(lines=lines, outputs=outputs)


def target(of: SpendingUnit | None = None, code: str = "001", **values: Any) -> Any:
    """Store the target of an output; planned to a half of Rp1 billion by the second quarter."""
    of = of or budget.unit()
    usual: dict[str, Any] = {
        "province": of.province, "fiscal_year": YEAR, "programme": "", "activity": "3038",
        "output": code, "name": "Bimtek", "indicator": "IKM dilatih", "measured_in": "IKM",
        "volume": Decimal(40), "planned_1": 100_000_000, "planned_2": 500_000_000,
        "planned_3": 700_000_000, "planned_4": 900_000_000, "physical_1": Decimal(10),
        "physical_2": Decimal(50), "physical_3": Decimal(70), "physical_4": Decimal(100),
    }  # fmt: skip
    return models.ActivityTarget.objects.create(unit=of, **(usual | values))


def progress(of: Any, quarter: int = QUARTER, **values: Any) -> Any:
    usual: dict[str, Any] = {"volume": Decimal(4), "physical": Decimal(10)}
    return models.QuarterProgress.objects.create(
        target=of, province=of.province, quarter=quarter, **(usual | values)
    )


def signatories(of: SpendingUnit | None = None) -> None:
    """Name who signs for a unit: the KPA and the PPK."""
    of = of or budget.unit()
    for person in (KPA, PPK):
        models.Signatory.objects.create(
            unit=of, province=of.province, valid_from=date(2020, 1, 1), **person
        )


def filed(of: SpendingUnit, by: User) -> models.Filing:
    """File Form C of a unit that has lines of its own: every output gets a target and progress."""
    with speaking_for(by):
        for part in sorted({part_of(line) for line in of.lines.all()}):
            blank = {f"planned_{quarter}": None for quarter in (1, 2, 3, 4)}
            progress(target(of, part.output, activity=part.activity, **blank))
        signatories(of)
        return actions.file(of, YEAR, QUARTER, "C", by=by, now=IN_TIME)


def ready(of: SpendingUnit | None = None, **amounts: int) -> SpendingUnit:
    """Return a unit of which everything is typed, so that its reports may be filed."""
    of = of or budget.unit()
    usual = {"ceiling": 1_000_000_000, "committed": 200_000_000, "realised": 123_456_789}
    budget.line(of, **(usual | amounts))
    progress(target(of))
    signatories(of)
    return of
