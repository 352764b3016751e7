"""What a refused document is told. The deciding is done in `sql/`; the words are here.

Facts come as the posting functions give them: JSON objects with days as text and rupiah as numbers.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from pulih.common.errors import Message
from pulih.common.money import rupiah
from pulih.common.periods import day

from .amounts import Amounts, unlawful

DocumentFacts = Mapping[str, Any]
OF_A_FILE = re.compile(r"^(POK \d{4}) [0-9a-f]{12}/\d+$")  # As actions/opening.py makes it.
KINDS = {
    "dipa": Message("DIPA", "DIPA"),
    "pok": Message("POK", "POK"),
    "revision": Message("Revisi", "Revision"),
    "block": Message("Blokir", "Block"),
    "release": Message("Buka blokir", "Release of a block"),
    "commitment": Message("Komitmen", "Commitment"),
    "spp": Message("SPP", "SPP"),
    "spm": Message("SPM", "SPM"),
    "sp2d": Message("SP2D", "SP2D"),
    "return": Message("Pengembalian", "Return to the treasury"),
    "correction": Message("Koreksi", "Correction"),
    "reservation": Message("Pencadangan", "Reservation"),
    "unreserve": Message("Pelepasan cadangan", "Release of a reservation"),
}
AMOUNTS = {
    "ceiling": Message("pagu", "ceiling"),
    "block": Message("blokir", "block"),
    "commitment": Message("komitmen", "commitment"),
    "realisation": Message("realisasi", "realisation"),
    "reservation": Message("dana dicadangkan", "reserved sum"),
    "request": Message("permintaan pembayaran", "payment requested"),
    "order": Message("perintah pembayaran", "payment ordered"),
}
POSTS = {
    "approver": Message("pencatat keputusan kementerian", "recorder of the ministry's decisions"),
    "kpa": Message("KPA", "authorised budget user (KPA)"),
    "ppk": Message("PPK", "commitment officer (PPK)"),
    "ppspm": Message("PPSPM", "payment order officer (PPSPM)"),
    "treasurer": Message("bendahara", "treasurer"),
}
NOTHING = Message("Belum ada yang disimpan.", "Nothing was saved.")
NO_NUMBER = Message(
    "Dokumen tidak bernomor. Isi nomor yang tertulis pada dokumennya.",
    "The document has no number. Give the number that stands on it.",
)
MOVES_NOTHING = Message(
    "Dokumen tidak memindahkan uang. Belum ada yang disimpan.",
    "The document moves no money. Nothing was saved.",
)
WHOLE_RUPIAH = Message(
    "Ada baris atau jumlah yang kosong atau bukan rupiah bulat. Isi setiap baris dengan rupiah "
    "bulat. Belum ada yang disimpan.",
    "A line or an amount is blank or not whole rupiah. Fill in whole rupiah for every line. "
    "Nothing was saved.",
)
OUT_OF_REACH = Message(
    "Satker itu di luar wilayah Anda, atau peran Anda tidak menulis anggaran.",
    "That unit is outside your reach, or your role does not write budgets.",
)


def named(kind: str, number: str) -> Message:
    """Name a document: `SP2D 200412`."""
    words = KINDS.get(kind, Message(kind, kind))
    return Message(f"{words.id} {number}", f"{words.en} {number}")


def broken_law(lines: list[dict[str, Any]]) -> Message:
    """Name the first line that would break the law, why, and how many others would."""
    first = lines[0]
    if not first["is_ours"]:
        return Message(
            "Dokumen menyebut baris milik satker atau tahun lain. Belum ada yang disimpan.",
            "The document names a line of another unit or year. Nothing was saved.",
        )
    names = ("ceiling", "blocked", "committed", "realised", "reserved")
    why = unlawful(Amounts(*(int(first[name]) for name in names)))
    if "day" in first:  # The balances may be lawful again by now; on that day they are not.
        on = date.fromisoformat(first["day"])
        why = Message(f"pada {day(on)} {why.id}", f"on {day(on, 'en')} {why.en}")
    rest_id = f" ({len(lines) - 1} baris lain juga.)" if len(lines) > 1 else ""
    rest_en = f" ({len(lines) - 1} other lines too.)" if len(lines) > 1 else ""
    return Message(
        f"Baris {first['line_key']}: {why.id}{rest_id} Belum ada yang disimpan.",
        f"Line {first['line_key']}: {why.en}{rest_en} Nothing was saved.",
    )


def unreadable(facts: DocumentFacts) -> Message:
    """Say which part of a document could not be judged."""
    if facts["what"] == "number":
        return NO_NUMBER
    if facts["what"] == "movements" or facts["amount"] not in AMOUNTS or not facts["rupiah"]:
        return WHOLE_RUPIAH
    kind, amount = KINDS.get(facts["kind"]), AMOUNTS[facts["amount"]]
    if kind is None:
        return Message(
            f"Jenis dokumen “{facts['kind']}” tidak dikenal. Belum ada yang disimpan.",
            f"“{facts['kind']}” is not a known kind of document. Nothing was saved.",
        )
    by = int(facts["rupiah"])
    return Message(
        f"{kind.id} tidak boleh mengubah {amount.id} sebesar {rupiah(by)}. {NOTHING.id}",
        f"{kind.en} may not move the {amount.en} by {rupiah(by, 'en')}. {NOTHING.en}",
    )


def changed(kind: str, number: str, facts: DocumentFacts) -> Message:
    """Say what a document says otherwise than when it was posted, part by part."""
    document = named(kind, number)
    if facts["reversed_by"] is not None:
        return Message(
            f"{document.id} sudah dibatalkan oleh koreksi {facts['reversed_by']} dan isinya masih "
            "sama, jadi tidak dibukukan lagi. Perbaiki isinya, atau beri nomor sendiri.",
            f"{document.en} was reversed by correction {facts['reversed_by']} and still says the "
            "same, so it is not posted again. Mend it, or give it a number of its own.",
        )
    parts = [_difference(one) for one in facts["differences"]]
    return Message(
        f"{document.id} sudah dibukukan dengan isi lain: {'; '.join(p.id for p in parts)}. Dokumen "
        "yang sudah dibukukan tidak diubah: batalkan dulu dengan koreksi bernomor sendiri.",
        f"{document.en} has been posted before, and said otherwise: "
        f"{'; '.join(p.en for p in parts)}. A posted document is not changed: reverse it first by "
        "a correction with its own number.",
    )


def _difference(one: DocumentFacts) -> Message:
    if one["what"] == "line":
        amount = AMOUNTS[one["amount"]]
        was, now = int(one["was"]), int(one["now"])
        return Message(
            f"baris {one['line_key']} {amount.id} {rupiah(was)}, sekarang {rupiah(now)}",
            f"line {one['line_key']} {amount.en} {rupiah(was, 'en')}, now {rupiah(now, 'en')}",
        )
    words = {
        "effective_on": Message("tanggal berlaku", "effective date"),
        "party": Message("penerima", "party"),
        "method": Message("cara bayar", "way of payment"),
        "refers_to": Message("dokumen yang dirujuk", "document referred to"),
        "reverses": Message("dokumen yang dibatalkan", "document reversed"),
        "promise": Message("janji dana yang dipakai", "promise drawn on"),
    }[one["what"]]
    if one["what"] in ("refers_to", "reverses", "promise"):
        return Message(f"{words.id} lain", f"another {words.en}")
    if one["what"] == "effective_on":
        before, after = (date.fromisoformat(one[side]) for side in ("was", "now"))
        return Message(
            f"{words.id} {day(before)}, sekarang {day(after)}",
            f"{words.en} {day(before, 'en')}, now {day(after, 'en')}",
        )
    return Message(
        f"{words.id} {one['was']}, sekarang {one['now']}",
        f"{words.en} {one['was']}, now {one['now']}",
    )


def broken_chain(facts: DocumentFacts) -> Message:
    """Say why a document may not follow or reverse the one it names."""
    rule = facts["rule"]
    if rule == "follows_nothing":
        return FOLLOWS_NOTHING[facts["kind"]]
    if rule in PROMISE_RULES:
        return _broken_promise(rule, facts)
    if rule == "another_unit_or_year":
        return Message(
            f"Dokumen yang dirujuk bukan milik satker dan tahun ini. {NOTHING.id}",
            f"The document referred to is not of this unit and year. {NOTHING.en}",
        )
    document = named(facts["kind"], facts["number"])
    if rule == "more_than_it_holds":
        return _more_than_it_holds(document, facts)
    words = CHAIN_RULES[rule]
    values_id = {"document": document.id, "by": facts.get("reversed_by"), "on": "", "nothing": ""}
    values_en = {**values_id, "document": document.en, "nothing": NOTHING.en}
    if facts.get("on"):
        on = date.fromisoformat(facts["on"])
        values_id["on"], values_en["on"] = day(on), day(on, "en")
    values_id["nothing"] = NOTHING.id
    return Message(words.id.format(**values_id), words.en.format(**values_en))


def _broken_promise(rule: str, facts: DocumentFacts) -> Message:
    words = PROMISE_RULES[rule]
    values_id = {"promise": f"“{facts['title']}” ({facts['promise']})", "nothing": NOTHING.id}
    values_en = {**values_id, "nothing": NOTHING.en}
    if rule == "more_than_promised":
        for name in ("holds", "takes"):
            values_id[name] = rupiah(int(facts[name]))
            values_en[name] = rupiah(int(facts[name]), "en")
        values_id["line"] = values_en["line"] = facts["line_key"]
    return Message(words.id.format(**values_id), words.en.format(**values_en))


def _more_than_it_holds(document: Message, facts: DocumentFacts) -> Message:
    holds, takes = int(facts["holds"]), int(facts["takes"])
    on_id = on_en = ""
    if "day" in facts:  # All days together hold enough; on that day they do not.
        on = date.fromisoformat(facts["day"])
        on_id, on_en = f" per {day(on)}", f" on {day(on, 'en')}"
    if holds < 0:  # An addendum takes off more than there is.
        return Message(
            f"Nilai {document.id} pada baris {facts['line_key']} menjadi negatif{on_id}, "
            f"{rupiah(holds)}. {NOTHING.id}",
            f"The value of {document.en} on line {facts['line_key']} becomes negative{on_en}, "
            f"{rupiah(holds, 'en')}. {NOTHING.en}",
        )
    return Message(
        f"{document.id}{on_id} memuat {rupiah(holds)} pada baris {facts['line_key']}, sedangkan "
        f"yang diambil darinya menjadi {rupiah(takes)}, lebih {rupiah(takes - holds)}. "
        f"{NOTHING.id}",
        f"{document.en}{on_en} holds {rupiah(holds, 'en')} on line {facts['line_key']}, and what "
        f"is taken from it would be {rupiah(takes, 'en')}, {rupiah(takes - holds, 'en')} too much. "
        f"{NOTHING.en}",
    )


def broken_duties(facts: DocumentFacts) -> Message:
    """Say which separation of duties a document or an appointment breaks."""
    rule = facts["rule"]
    if rule == "made_it_herself":
        document = named(facts["kind"], facts["number"])
        return Message(
            f"{document.id} dibuat oleh Anda sendiri, jadi perintah pembayarannya harus "
            f"diterbitkan orang lain. {NOTHING.id}",
            f"{document.en} is your own, so another person must order its payment. {NOTHING.en}",
        )
    if rule == "to_oneself":
        return Message(
            f"Penerimanya bernama seperti Anda, jadi dokumennya dibuat orang lain. {NOTHING.id}",
            f"The payee bears your own name, so another person makes the document. {NOTHING.en}",
        )
    if rule == "to_its_maker":
        document = named(facts["kind"], facts["number"])
        return Message(
            f"Penerimanya bernama seperti {facts['name']}, yang membuat {document.id}; pejabat "
            f"tidak membayar dirinya sendiri. {NOTHING.id}",
            f"The payee bears the name of {facts['name']}, who made {document.en}; no officer pays "
            f"oneself. {NOTHING.en}",
        )
    if rule == "appoints_oneself":
        return Message(
            f"Anda tidak menunjuk atau mengakhiri diri sendiri. Minta orang lain. {NOTHING.id}",
            f"You neither appoint yourself nor end that. Ask another person. {NOTHING.en}",
        )
    if rule == "not_appointed":
        return _not_appointed(facts)
    post = POSTS[facts["post"]]
    start = date.fromisoformat(facts["from"])
    words = {
        "appointed_already": Message(
            "Orang ini sudah menjabat {post} satker ini sejak {start} ({decree}). Akhiri dulu.",
            "This person has been {post} of this unit since {start} ({decree}). End that first.",
        ),
        "posts_kept_apart": Message(
            "Orang ini menjabat {post} satker ini sejak {start} ({decree}); PPK, PPSPM dan "
            "bendahara tidak boleh dirangkap. Tunjuk orang lain, atau akhiri jabatan itu dulu.",
            "This person is {post} of this unit since {start} ({decree}); PPK, PPSPM and treasurer "
            "may not be one person. Appoint another, or end that post first.",
        ),
    }[rule]
    return Message(
        words.id.format(post=post.id, start=day(start), decree=facts["decree"]),
        words.en.format(post=post.en, start=day(start, "en"), decree=facts["decree"]),
    )


def _not_appointed(facts: DocumentFacts) -> Message:
    posts = [POSTS[post] for post in facts["posts"]]
    on = date.fromisoformat(facts["on"])
    posts_id = " atau ".join(post.id for post in posts)
    posts_en = " or ".join(post.en for post in posts)
    return Message(
        f"Anda tidak tercatat sebagai {posts_id} satker ini pada {day(on)}. Minta KPA mencatat "
        f"surat keputusannya. {NOTHING.id}",
        f"You are not recorded as {posts_en} of this unit on {day(on, 'en')}. Ask the KPA to "
        f"record the decree. {NOTHING.en}",
    )


FOLLOWS_NOTHING = {
    "spm": Message(
        "SPM harus menyebut SPP-nya. Pilih SPP itu. Belum ada yang disimpan.",
        "An SPM must name its SPP. Choose that SPP. Nothing was saved.",
    ),
    "return": Message(
        "Pengembalian harus menyebut SP2D-nya. Pilih SP2D itu. Belum ada yang disimpan.",
        "A return must name its SP2D. Choose that SP2D. Nothing was saved.",
    ),
}
PROMISE_RULES = {
    "names_no_promise": Message(
        "Dana hanya dicadangkan untuk usulan yang disebut. Sebut usulannya. {nothing}",
        "Money is reserved for a named proposal only. Name the proposal. {nothing}",
    ),
    "releases_without_reason": Message(
        "Melepas dana yang dicadangkan bagi {promise} perlu alasan. Tulis alasannya. {nothing}",
        "Releasing what is reserved for {promise} needs a reason. Write why. {nothing}",
    ),
    "another_promise": Message(
        "Dokumen yang diikuti tidak memakai dana {promise}, jadi yang ini juga tidak. {nothing}",
        "The document that this follows does not draw on {promise}, so this cannot. {nothing}",
    ),
    "more_than_promised": Message(
        "Bagi {promise} dicadangkan {holds} pada baris {line}, jadi {takes} tidak dapat diambil "
        "darinya. {nothing}",
        "{holds} is reserved for {promise} on line {line}, so {takes} cannot be taken from it. "
        "{nothing}",
    ),
}
CHAIN_RULES = {
    "only_corrections_reverse": Message(
        "Hanya koreksi yang membatalkan dokumen lain. {nothing}",
        "Only a correction reverses another document. {nothing}",
    ),
    "is_a_reversal": Message(
        "{document} sendiri sebuah pembatalan dan tidak dibatalkan lagi. Bukukan dokumen yang "
        "benar. {nothing}",
        "{document} is itself a reversal and is not reversed. Post the right document instead. "
        "{nothing}",
    ),
    "others_stand_on_it": Message(
        "Ada dokumen lain yang berdasar {document}. Balik dokumen itu lebih dahulu. {nothing}",
        "Other documents stand on {document}. Reverse those first. {nothing}",
    ),
    "reversed_before": Message(
        "{document} sudah dibatalkan oleh koreksi {by}. {nothing}",
        "{document} has been reversed before, by correction {by}. {nothing}",
    ),
    "before_what_it_refers_to": Message(
        "Tanggal dokumen ini lebih awal daripada {document} yang dirujuknya ({on}). {nothing}",
        "This document is dated before {document}, which it follows ({on}). {nothing}",
    ),
    "not_the_opposite": Message(
        "Pembatalan {document} harus persis kebalikan isinya. {nothing}",
        "The reversal of {document} must be its exact opposite. {nothing}",
    ),
    "wrong_kind": Message(
        "Dokumen ini tidak dapat mengikuti {document}. {nothing}",
        "This document cannot follow {document}. {nothing}",
    ),
    "follows_a_reversed_one": Message(
        "{document} sudah dibatalkan oleh koreksi {by}, jadi tidak dapat dirujuk. {nothing}",
        "{document} was reversed by correction {by}, so nothing can follow it. {nothing}",
    ),
    "commits_twice": Message(
        "{document} sudah berdasar komitmen, jadi tidak mengubah komitmen lagi. {nothing}",
        "{document} stands on a commitment already, so this may not move the commitment again. "
        "{nothing}",
    ),
}


def number_on_paper(number: str) -> str:
    """Return the number of a document as papers print it: a delivered POK has none of its own."""
    return OF_A_FILE.sub(r"\1", number)
