"""What became of an application: a letter for each applicant, and a file of links and messages.

In Indonesian, as every paper. Letters that are printed and messages that are sent say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import override

from pulih.documents.seals import drawn
from pulih.documents.typesetting import typeset
from pulih.documents.workbooks import OPTIONS, set_print

from ..clock import day_in
from ..models import Activity, ApplicantAnswer, ApplicantOutcome
from ..rules.messages import whatsapp_address
from .parts import authorised_user, letterhead, long_day

TEMPLATE = Path(__file__).with_name("letters.typ")
OUTCOMES = {
    ApplicantOutcome.CHOSEN: "Anda mendapat tempat.",
    ApplicantOutcome.WAITING: "Anda belum mendapat tempat dan menunggu dalam urutan.",
    ApplicantOutcome.REFUSED: "Anda tidak mendapat tempat.",
}
FREE = "Kegiatan ini gratis. Siapa pun yang meminta uang tidak berhak; laporkan kepada kantor kami."
COLUMNS = (
    ("No.", 6), ("Nomor pendaftaran", 18), ("Nama", 28), ("Desa", 20), ("Telepon", 18),
    ("Hasil", 40), ("Pesan", 80), ("Tautan", 50), ("Kirim lewat WhatsApp", 22),
)  # fmt: skip


@dataclass(frozen=True)
class Letter:
    """One answer with its whole address, and why, in Indonesian."""

    answer: ApplicantAnswer
    address: str
    reasons: Sequence[str]

    @property
    def outcome(self) -> str:
        return OUTCOMES[ApplicantOutcome(self.answer.outcome)]

    @property
    def message(self) -> str:
        """The whole message, as it is sent by telephone."""
        applicant = self.answer.applicant
        return (
            f"Yth. {applicant.person.name}, pendaftaran {applicant.code} untuk "
            f"{applicant.activity.title}: {self.outcome} Alasannya, dan cara berkeberatan, ada di "
            f"{self.address} . {FREE}"
        )


def pdf(activity: Activity, letters: Sequence[Letter]) -> bytes:
    """Return all letters as one file, a page each, in order of name."""
    told = letters[0].answer.at
    with override("id"):
        day = day_in(activity.province_id, told)
        values: dict[str, Any] = {
            "office": letterhead(activity),
            "activity": activity.title,
            "dated": long_day(day),
            "free": FREE,
            "sign": authorised_user(activity, day).values(),
            "letters": [_letter(one) for one in letters],
        }
    return typeset(TEMPLATE, values)


def _letter(one: Letter) -> dict[str, Any]:
    applicant = one.answer.applicant
    lives = (applicant.person.address, applicant.person.village, str(applicant.regency))
    return {
        "code": applicant.code,
        "name": applicant.person.name,
        "lives": [part for part in lives if part],
        "outcome": one.outcome,
        "reasons": list(one.reasons),
        "address": one.address,
        "drawing": drawn(one.address),
        "until": long_day(day_in(applicant.regency_id, one.answer.link.valid_to)),
    }


def workbook(letters: Sequence[Letter]) -> bytes:
    """Return a row for each applicant, with a message to copy or to send with one press."""
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, OPTIONS) as file:
        sheet = file.add_worksheet("Pemberitahuan")
        head, wrapped = file.add_format({"bold": True}), file.add_format({"text_wrap": True})
        for column, (words, width) in enumerate(COLUMNS):
            sheet.write_string(0, column, words, head)
            sheet.set_column(column, column, width)
        for row, one in enumerate(letters, 1):
            applicant = one.answer.applicant
            person = applicant.person
            texts = (
                applicant.code, person.name, person.village, person.phone, one.outcome,
                one.message, one.address,
            )  # fmt: skip
            sheet.write_number(row, 0, row)
            for column, text in enumerate(texts, 1):
                sheet.write_string(row, column, text, wrapped)
            if address := whatsapp_address(person.phone, one.message):
                sheet.write_url(row, len(texts) + 1, address, string="Kirim")
        sheet.freeze_panes(1, 3)
        set_print(sheet, heads=(0, 0))
    return memory.getvalue()
