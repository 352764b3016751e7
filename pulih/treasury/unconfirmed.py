"""Taxes, questions and papers of the treasurer's half that nobody has compared with their texts."""

from collections.abc import Iterator

from pulih.administration.unconfirmed import Unconfirmed
from pulih.common.errors import Message
from pulih.measures.documents import required_documents

from .rules import checklist, taxes

RATES = Message("Tarif dan ambang pajak bendahara", "Rates and thresholds of withheld taxes")
LAWS = Message(
    "peraturan tiap pajak pada tanggal berlakunya (PPh 21, 22, 23, 4 ayat 2, PPN)",
    "the regulation of each tax on its days (PPh 21, 22, 23, 4(2), PPN)",
)
QUESTIONS = Message("Daftar periksa PPSPM", "Checklist of the payment order officer")
RULE = Message("PMK 190/PMK.05/2012 dan perubahannya", "PMK 190/PMK.05/2012 as amended")
SUPPORTING = Message("Dokumen pendukung SPP per akun", "Supporting papers of an SPP by account")
CHECKLIST = Message(
    "daftar kelengkapan yang dipakai PPSPM satker", "the checklist that the unit's PPSPM uses"
)
PAPERS = Message("Tata letak dokumen pembayaran", "Layouts of payment papers")
LAYOUTS = Message(
    "SPM, kuitansi, SPTJB, daftar pajak, BKU, dan LPJ disusun dari ingatan.",
    "SPM, receipt, SPTJB, list of taxes, BKU and LPJ are laid out from memory.",
)
FORMS = Message(
    "lampiran PMK 162/PMK.05/2013 dan PER-3/PB/2014, atau cetakan SAKTI",
    "the annexes of PMK 162/PMK.05/2013 and PER-3/PB/2014, or prints of SAKTI",
)


def points() -> Iterator[Unconfirmed]:
    """Source: TAX-01, TREASURY-06, TREASURY-07, DOC-01, DOC-02, DOC-03, DOC-04."""
    open_taxes = {one.tax for one in taxes.rates() if not one.verified}
    for key, tax in taxes.taxes().items():
        if key in open_taxes:
            yield Unconfirmed(RATES, tax.words, "TAX-01", LAWS)
    for item in checklist.items():
        if not item.verified:
            yield Unconfirmed(QUESTIONS, item.words, "TREASURY-06", RULE)
    for paper in required_documents():
        if paper.accounts and not paper.verified:
            yield Unconfirmed(SUPPORTING, paper.name, paper.source, CHECKLIST)
    yield Unconfirmed(PAPERS, LAYOUTS, "TREASURY-07", FORMS)
