"""Why a document of a list is not posted: one sentence each, in both languages."""

from datetime import date

from pulih.budget.rules.years import expired_or_early
from pulih.common.errors import Message
from pulih.common.money import rupiah
from pulih.common.periods import day

from .fitting import ABOVE_CONTRACT, BEFORE_CONTRACT, OVERSPENDS, RETURNS_MORE, Balance, Verdict
from .shapes import CONTRACT, METHOD, ORDER, PARTY

NO_DAY = Message(
    "Daftar tidak menyebut tanggal dokumen ini. Isi tanggalnya, lalu kirim lagi.",
    "The list gives no date for this document. Fill it in and send the list again.",
)
MIXED = Message(
    "Dokumen ini menambah satu baris dan mengurangi baris lain. Bukukan sebagai koreksi.",
    "This document adds to one line and takes from another. Post it as a correction.",
)
ROUNDED = Message(
    "Angka daftar dibulatkan ke ribuan atau jutaan, jadi tidak dapat dibukukan. Kirim daftar "
    "dalam rupiah penuh.",
    "The list's amounts are rounded to thousands or millions and cannot be posted. Send a list "
    "in whole rupiah.",
)
NO_DOCUMENT = Message(
    "Daftar realisasi tidak menyebut dokumen, dan tidak ada rupiah berpindah tanpa dokumen. Kirim "
    "daftar SP2D-nya, atau bukukan dokumennya.",
    "A realisation list names no documents, and no rupiah moves without one. Send the list of "
    "SP2D, or post the documents.",
)
POSTED_OTHERWISE = Message(
    "Dokumen ini sudah dibukukan dengan isi lain. Yang dibukukan tidak diubah: balik dokumennya, "
    "lalu bukukan yang benar.",
    "This document was posted with other content. What is posted is not changed: reverse it and "
    "post the right one.",
)
# First what the list says, then what the ledger says.
SAYS_OTHERWISE = {
    PARTY: Message(
        "Daftar menyebut penerima {}, buku besar {}. Periksa dokumennya; bila buku besar salah, "
        "balik lalu bukukan yang benar.",
        "The list names the payee {}, the ledger {}. Check the document; if the ledger is wrong, "
        "reverse it and post the right one.",
    ),
    METHOD: Message(
        "Daftar menyebut cara bayar {}, buku besar {}. Periksa dokumennya; bila buku besar salah, "
        "balik lalu bukukan yang benar.",
        "The list says paid by {}, the ledger by {}. Check the document; if the ledger is wrong, "
        "reverse it and post the right one.",
    ),
    CONTRACT: Message(
        "Daftar menyebut kontrak {}, di buku besar dokumen ini membayar kontrak {}. Periksa "
        "dokumennya; bila buku besar salah, balik lalu bukukan yang benar.",
        "The list names the contract {}; in the ledger this document pays the contract {}. Check "
        "the document; if the ledger is wrong, reverse it and post the right one.",
    ),
    ORDER: Message(
        "Daftar menyebut SPM {}, di buku besar dokumen ini membayar SPM {}. Periksa dokumennya; "
        "bila buku besar salah, balik lalu bukukan yang benar.",
        "The list names the SPM {}; in the ledger this document pays the SPM {}. Check the "
        "document; if the ledger is wrong, reverse it and post the right one.",
    ),
}
# What stops a payment that names an SPM: unknown, another sum, other lines.
OF_ORDERS = {
    "order": Message(
        "Daftar menyebut SPM {}, yang tidak dikenal buku besar. Terbitkan SPM-nya di halaman SPP, "
        "atau periksa nomornya.",
        "The list names the SPM {}, which the ledger does not know. Issue it on the page of its "
        "SPP, or check the number.",
    ),
    "order_sum": Message(
        "Jumlah SP2D ini lain daripada yang masih diperintahkan SPM {}. Periksa kedua dokumen; "
        "bila SPM salah, balik lalu terbitkan yang benar.",
        "The sum of this SP2D is another than the SPM {} still orders. Check both documents; if "
        "the SPM is wrong, reverse it and issue the right one.",
    ),
    "order_lines": Message(
        "SP2D ini membebani baris lain daripada SPM {}. Periksa kedua dokumen; bila SPM salah, "
        "balik lalu terbitkan yang benar.",
        "This SP2D charges other lines than the SPM {}. Check both documents; if the SPM is "
        "wrong, reverse it and issue the right one.",
    ),
}
CONTRACT_UNKNOWN = Message(
    "Daftar menyebut kontrak {}, yang tidak dikenal buku besar. Bukukan kontraknya atau kirim "
    "daftar kontrak lebih dahulu, lalu cocokkan lagi; bila bukan kontrak, kosongkan nomornya.",
    "The list names the contract {}, which the ledger does not know. Post the contract or send the "
    "list of contracts first, then compare again; if it is no contract, leave its number blank.",
)
NOT_IN_LIST = Message(
    "Buku besar memuat dokumen ini, daftar tidak. Tanyakan ke KPPN; balik dokumennya bila memang "
    "tidak pernah terbit.",
    "The ledger has this document, the list has not. Ask the treasury office; reverse it if it "
    "was never issued.",
)
LINE_NOT_IN_LIST = Message(
    "Buku besar memuat baris ini, daftar tidak. Periksa apakah daftarnya lengkap.",
    "The ledger has this line, the list has not. Check whether the list is complete.",
)


def after_list(as_of: date) -> Message:
    return Message(
        f"Tanggal dokumen sesudah “data per” daftarnya, {day(as_of)}. Periksa tanggal dokumen di "
        "berkas asal, atau kirim lagi dengan “data per” yang benar.",
        f"The document is dated after the list's own day, {day(as_of, 'en')}. Check its day where "
        "it was written, or send the list again with the right day.",
    )


def other_year(fiscal_year: int, on: date) -> Message:
    """Say that a document's day lies outside its fiscal year."""
    closed = expired_or_early(fiscal_year, on)
    assert closed is not None
    return closed


def unfit(verdict: Verdict, balances: dict[int, Balance]) -> Message:
    """Say which line stops a document, and by how many rupiah."""
    assert verdict.line_id is not None
    balance = balances[verdict.line_id]
    if verdict.answer == OVERSPENDS:
        return _overspends(balance, verdict.short)
    short_id, short_en = rupiah(verdict.short), rupiah(verdict.short, "en")
    return {
        RETURNS_MORE: Message(
            f"Pengembalian melebihi realisasi baris {balance.line_key} sebesar {short_id}. Bukukan "
            "pembayarannya lebih dahulu.",
            f"The return is above what line {balance.line_key} has realised by {short_en}. Post "
            "the payment first.",
        ),
        ABOVE_CONTRACT: Message(
            f"Pembayaran melebihi sisa kontraknya pada baris {balance.line_key} sebesar "
            f"{short_id}. Periksa nomor kontrak, atau bukukan perubahannya.",
            f"The payment is above what is left of its contract on line {balance.line_key} by "
            f"{short_en}. Check the contract's number, or post its change.",
        ),
        BEFORE_CONTRACT: Message(
            "Pembayaran bertanggal sebelum kontraknya. Periksa kedua tanggal.",
            "The payment is dated before its contract. Check both dates.",
        ),
    }[verdict.answer]


def _overspends(balance: Balance, short: int) -> Message:
    more_id = more_en = ""
    if balance.unpaid > 0:
        more_id = (
            f" Baris ini masih punya komitmen belum dibayar {rupiah(balance.unpaid)}: bila dokumen "
            "ini membayarnya, tulis nomor kontraknya di daftar."
        )
        more_en = (
            f" The line still has unpaid commitments of {rupiah(balance.unpaid, 'en')}: if this "
            "document pays one, write its contract number in the list."
        )
    return Message(
        f"Baris {balance.line_key} kurang {rupiah(short)} untuk dokumen ini: pagu dikurangi "
        f"blokir dan komitmen tidak cukup.{more_id}",
        f"Line {balance.line_key} is short by {rupiah(short, 'en')} for this document: its "
        f"ceiling less block and commitments does not suffice.{more_en}",
    )
