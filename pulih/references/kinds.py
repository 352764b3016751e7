"""The five lists: what each is called, where it is stored, and the shape of its file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih.classifications import commodities
from pulih.common.errors import Message
from pulih.places import Level, resolve

from . import rules, unit_costs
from .models import (
    Account,
    CostNature,
    DailyAllowance,
    EconomicActivity,
    Holiday,
    HolidayKind,
    OutputCode,
    UnitCost,
)
from .rules import Column, Shape

WORDS: dict[str, str | Promise] = {
    "goods_operational": _("operational goods"),
    "goods_activity": _("goods for activities"),
    "inventory": _("inventory"),
    "services": _("services"),
    "maintenance": _("maintenance"),
    "travel": _("travel"),
    "travel_abroad": _("travel abroad"),
    "handover": _("goods to hand over"),
    "handover_support": _("supporting goods to hand over"),
    "aid": _("aid"),
    "capital": _("capital"),
    "authority": _("authority"),
    "fund_source": _("fund source"),
    "programme": _("programme"),
    "activity": _("budget activity"),
    "output_class": _("output class"),
    "output": _("output"),
    "component": _("component"),
    **dict(HolidayKind.choices),
    **dict(CostNature.choices),
}
OUTPUT_LEVELS = (
    "authority", "fund_source", "programme", "activity", "output_class", "output", "component",
)  # fmt: skip
DAY = Message(
    "tanggal seperti 2020-01-31, dari tahun 2000 sampai 2100",
    "a day such as 2020-01-31, from 2000 to 2100",
)
DAY_OR_NONE = Message(
    "tanggal seperti 2020-12-31, dari tahun 2000 sampai 2100, atau kosong",
    "a day such as 2020-12-31, from 2000 to 2100, or empty",
)
TEXT = Message("teks 1 sampai 200 huruf", "text of 1 to 200 letters")
YES_OR_NO = Message("ya atau tidak", "yes or no")
RUPIAH = Message("rupiah bulat tanpa titik", "whole rupiah without separators")


@dataclass(frozen=True)
class Kind:
    """One list. order: of its page; the first is shown and searched by its beginning."""

    slug: str
    title: str | Promise
    model: type[models.Model]
    shape: Shape
    order: tuple[str, ...]
    searched: tuple[str, ...]

    def shown(self, column: str, value: Any) -> Any:
        """Return a cell as people read it: codes of small lists become their words."""
        if column == "commodity_group":
            group = commodities.LIST.find(value)
            return group.name(get_language() or "id") if group else value
        if column in ("kind", "level", "nature"):
            return WORDS.get(value, value)
        return value


def _province(value: str) -> int:
    """Read a province by name into the key of its area. Raises ValueError."""
    found = resolve(value, on=date.max, level=Level.PROVINCE)
    if found is None:
        raise ValueError(value)
    return found.key


def _names() -> tuple[Column, ...]:
    indonesian = Column("name_indonesian", rules.text(200), TEXT, also=("name_id",))
    return indonesian, Column("name_en", rules.text(200), TEXT)


def _days() -> tuple[Column, ...]:
    return (
        Column("valid_from", rules.day, DAY),
        Column("valid_to", rules.day_or_none, DAY_OR_NONE, is_required=False),
    )


def _trust() -> tuple[Column, ...]:
    return (
        Column("source", rules.text(200), TEXT),
        Column("verified", rules.yes_or_no, YES_OR_NO),
    )


def _yes_or_no(name: str) -> Column:
    return Column(name, rules.yes_or_no, YES_OR_NO)


def _code(pattern: str, id_rule: str, en_rule: str) -> Column:
    return Column("code", rules.matching(pattern), Message(id_rule, en_rule))


def _word(name: str, longest: int) -> Column:
    rule = Message(f"kata 1 sampai {longest} huruf", f"a word of 1 to {longest} letters")
    return Column(name, rules.text(longest), rule)


def _choice(name: str, values: tuple[str, ...]) -> Column:
    listed = ", ".join(values)
    read: Callable[[str], Any] = rules.one_of(values)
    return Column(name, read, Message(f"salah satu dari {listed}", f"one of {listed}"))


PROVINCE = Column("province", _province, Message("nama provinsi", "the name of a province"))
KINDS = {
    kind.slug: kind
    for kind in (
        Kind(
            "accounts",
            _("Accounts"),
            Account,
            Shape(
                (
                    _code(r"\d{6}", "6 angka", "6 digits"),
                    *_names(),
                    _word("kind", 30),
                    _yes_or_no("is_covid"),
                    _yes_or_no("is_physical"),
                    *_days(),
                    *_trust(),
                ),
                key=("code",),
            ),
            order=("code", "id"),
            searched=("name_indonesian", "name_en"),
        ),
        Kind(
            "kbli",
            "KBLI",
            EconomicActivity,
            Shape(
                (
                    _code(r"\d{2,5}", "2 sampai 5 angka", "2 to 5 digits"),
                    *_names(),
                    Column(
                        "commodity_group",
                        rules.matching(r"[a-z_]{0,30}"),
                        Message("kode kelompok komoditas", "the code of a commodity group"),
                        is_required=False,
                    ),
                    *_days(),
                    *_trust(),
                ),
                key=("code",),
            ),
            order=("code", "id"),
            searched=("name_indonesian", "name_en"),
        ),
        Kind(
            "outputs",
            _("Output codes"),
            OutputCode,
            Shape(
                (
                    _code(r"[A-Z0-9.]{2,20}", "2 sampai 20 huruf atau angka", "2 to 20 signs"),
                    *_names(),
                    _choice("level", OUTPUT_LEVELS),
                    *_days(),
                    *_trust(),
                ),
                key=("level", "code"),
            ),
            order=("code", "id"),
            searched=("name_indonesian", "name_en"),
        ),
        Kind(
            "allowances",
            _("Daily allowances"),
            DailyAllowance,
            Shape(
                (
                    PROVINCE,
                    Column("out_of_town", rules.whole_rupiah, RUPIAH),
                    Column("in_town_over_8h", rules.whole_rupiah, RUPIAH),
                    Column("training", rules.whole_rupiah, RUPIAH),
                    *_days(),
                    *_trust(),
                ),
                key=("province",),
            ),
            order=("province__sort_key", "id"),
            searched=("province__name",),
        ),
        Kind(
            "unit-costs",
            _("Standard unit costs"),
            UnitCost,
            Shape(
                unit_costs.columns(_province, _names(), _days(), _trust()),
                key=("province", "code"),
            ),
            order=("code", "id"),
            searched=("name_indonesian", "name_en", "province__name", "words"),
        ),
        Kind(
            "holidays",
            _("Holidays"),
            Holiday,
            Shape(
                (
                    Column("day", rules.day, DAY),
                    *_names(),
                    _choice("kind", tuple(HolidayKind.values)),
                    *_trust(),
                ),
                key=("day",),
                is_dated=False,
            ),
            order=("day", "id"),
            searched=("name_indonesian", "name_en"),
        ),
    )
}
