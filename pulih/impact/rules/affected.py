"""Who counts as affected. The definition is versioned: public counts differ for lack of one."""

from dataclasses import dataclass
from datetime import date

from pulih.common.errors import Message

from .severity import FORMULAS, Answers, shares_of


@dataclass(frozen=True)
class Definition:
    """One wording of "affected", valid from a day on; it is shown beside every count."""

    version: str
    valid_from: date
    text: Message


DEFINITIONS = (
    Definition(
        "1",
        date(2020, 1, 1),
        Message(
            "IKM yang laporan terbarunya menyebut paling sedikit satu dari: omzet turun, pekerja "
            "di-PHK atau dirumahkan, usaha tutup, berhenti sementara atau beralih produk, atau "
            "satu hambatan dari daftar kementerian.",
            "A firm whose newest report names at least one of: lower turnover, workers laid off "
            "or sent home, business closed, stopped for a time or changed to another product, or "
            "one obstacle of the ministry's list.",
        ),
    ),
)


def definition_on(day: date) -> Definition:
    """Return the definition that holds on `day`; the first one for days before it."""
    return max(
        (known for known in DEFINITIONS if known.valid_from <= day),
        key=lambda known: known.valid_from,
        default=DEFINITIONS[0],
    )


def is_affected(answers: Answers) -> bool | None:
    """Tell whether a firm is affected (definition 1); None when its report says nothing at all."""
    shares = [share for share in shares_of(answers, FORMULAS[0]).values() if share is not None]
    return any(share > 0 for share in shares) if shares else None
