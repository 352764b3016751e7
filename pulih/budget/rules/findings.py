"""The sentence for each thing that `pulih check` finds wrong in the ledger."""

from pulih.common.errors import Message
from pulih.common.money import rupiah

from .documents import AMOUNTS, named

BALANCES = {
    "ceiling": "ceiling",
    "blocked": "block",
    "committed": "commitment",
    "realised": "realisation",
    "reserved": "reservation",
}
FINDINGS = {
    "changed_document": Message(
        "{document} tidak lagi berisi seperti waktu dibukukan.",
        "{document} no longer says what it said when it was posted.",
    ),
    "document_without_entries": Message(
        "{document} tidak punya satu pun ayat.", "{document} has not a single entry."
    ),
    "posted_twice": Message(
        "{document} adalah satu dokumen, tetapi dibukukan {found} kali. Batalkan kelebihannya.",
        "{document} are one document, posted {found} times. Reverse what is too much.",
    ),
    "fewer_entries_than_documents": Message(
        "Ayat ({found}) lebih sedikit daripada dokumen ({was}).",
        "There are fewer entries ({found}) than documents ({was}).",
    ),
    "entries_and_lines_disagree": Message(
        "Ayat ada {found}, sedangkan baris-baris menghitung {was}.",
        "There are {found} entries, and the lines count {was}.",
    ),
    "fewer_entries_than_sealed": Message(
        "Ayat ada {found}, sedangkan segel terakhir menghitung {was}.",
        "There are {found} entries, and the last seal counted {was}.",
    ),
    "missing_entries": Message(
        "Baris {line}: urutan ayat seharusnya {was}, ditemukan {found} ({document}).",
        "Line {line}: entry {was} should follow, and {found} does ({document}).",
    ),
    "changed_entry": Message(
        "Baris {line}: ayat {found} ({document}) tidak cocok dengan rantainya.",
        "Line {line}: entry {found} ({document}) does not fit its chain.",
    ),
    "wrong_head": Message(
        "Baris {line}: ujung rantainya ayat {was}, padahal ayat terakhirnya {found}.",
        "Line {line}: its chain ends with entry {was}, and its last entry is {found}.",
    ),
    "changed_seal": Message(
        "Segel {number} WIB tidak cocok dengan rantai segel.",
        "The seal of {number} WIB does not fit the chain of seals.",
    ),
    "sealed_entry_gone": Message(
        "Baris {line}: ayat {was} yang sudah disegel hilang atau berubah.",
        "Line {line}: entry {was} was sealed and is gone or changed.",
    ),
    "line_behind_its_seal": Message(
        "Baris {line}: disegel sampai ayat {was}, padahal sekarang {found}.",
        "Line {line}: sealed up to entry {was}, and stands at {found} now.",
    ),
    "heads_without_seal": Message(
        "Segel hilang: {found} ujung rantai baris tidak lagi punya segelnya.",
        "Seals are gone: {found} heads of lines have no seal any more.",
    ),
    "seal_gone": Message(
        "Segel yang dibuat pada {number} WIB hilang.",
        "The seal that was made at {number} WIB is gone.",
    ),
    "sealed_rows_gone": Message(
        "Segel {number} WIB menyebut baris tersegel yang rantainya hilang.",
        "The seal of {number} WIB names sealed rows whose chain is gone.",
    ),
    "unlawful_day": Message(
        "Baris {line}: pada {number} terikat, dicadangkan atau dibayar {found}, yang boleh hanya "
        "{was}.",
        "Line {line}: on {number} {found} was committed, reserved or paid, and only {was} might "
        "be.",
    ),
    "unlawful_chain_day": Message(
        "{document}, baris {line}: memuat {was}, yang diambil darinya {found}.",
        "{document}, line {line}: it held {was}, and {found} was taken from it.",
    ),
    "overdrawn_promise": Message(
        "Baris {line}: untuk usulan {number} tercatat dicadangkan {found}, kurang dari nol.",
        "Line {line}: {found} is reserved for proposal {number}, less than nothing.",
    ),
    "wrong_promise": Message(
        "Baris {line}: untuk usulan {number} tercatat {was}, dari ayatnya {found}.",
        "Line {line}: {was} is kept for proposal {number}, its entries add up to {found}.",
    ),
    "reserved_for_nothing": Message(
        "Baris {line}: {found} dicadangkan tanpa usulan.",
        "Line {line}: {found} is reserved for no proposal.",
    ),
    "overspent_revenue": Message(
        "Satker {line}: pada {number} dibayar {found} dari PNBP, yang boleh hanya {was}.",
        "Unit {line}: on {number} {found} was paid from PNBP, and only {was} might be.",
    ),
    "overcommitted_contract": Message(
        "{document}, satker {line}: dalam satu tahun terikat {found}, menurut suratnya hanya boleh "
        "{was}.",
        "{document}, unit {line}: in a year {found} was committed, and by its letter only {was} "
        "might be.",
    ),
    "wrong_day_sum": Message(
        "Satker {line}, {number}: jumlah hariannya {was}, dari ayatnya {found}.",
        "Unit {line}, {number}: the day's sum is {was}, of its entries {found}.",
    ),
}


def worded(
    what: str,
    *,
    kind: str | None,
    number: str | None,
    line_key: str | None,
    was: int | None,
    found: int | None,
) -> Message:
    """Say what was found, where, in both languages."""
    document = named(kind or "", number or "?")
    words = FINDINGS[what]
    rest = {"number": number, "line": line_key, "was": was, "found": found}
    return Message(
        words.id.format(document=document.id.strip(), **rest),
        words.en.format(document=document.en.strip(), **rest),
    )


def wrong_balance(line_key: str, amount: str, kept: int, rebuilt: int) -> Message:
    """Say that a balance is not what its entries add up to."""
    words = AMOUNTS[BALANCES[amount]]
    return Message(
        f"Baris {line_key}: {words.id} tercatat {rupiah(kept)}, dari ayatnya {rupiah(rebuilt)}.",
        f"Line {line_key}: the {words.en} is kept as {rupiah(kept, 'en')}, its entries add up to "
        f"{rupiah(rebuilt, 'en')}.",
    )
