"""The rules of revisions that nobody has read in their source yet."""

from collections.abc import Iterator

from pulih.administration.unconfirmed import Unconfirmed
from pulih.common.errors import Message

from .rules.regimes import regimes
from .rules.untouchable import limits

WHO = Message("Siapa yang mengesahkan revisi", "Who approves a revision")
TOUCHED = Message("Yang tidak boleh disentuh revisi", "What a revision may not touch")


def points() -> Iterator[Unconfirmed]:
    for regime in regimes():
        where = Message(f"{WHO.id}: {regime.name.id}", f"{WHO.en}: {regime.name.en}")
        for rule in regime.rules:
            if rule.settle:
                yield Unconfirmed(where, rule.message, rule.source, rule.settle)
    for one in limits():
        if one.settle:
            yield Unconfirmed(TOUCHED, one.message, one.source, one.settle)
