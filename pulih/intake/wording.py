"""Every rule by which a cell is changed, doubted or refused, and the sentence that says so.

`{title}` and `{must}` come from the column's own declaration, `{letter}` is its letter; `{cell}`
and `{value}` stand in this order, once each, or not at all.
"""

from pulih.intake.rule import CORRECTED, REJECTED, WARNING, Rule
from pulih.intake.rule import rule as _rule
from pulih.intake.wording_values import VALUE_RULES

RULES: dict[str, Rule] = {
    # Cells that were emptied or changed.
    "unreadable": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" tidak terbaca dan dikosongkan. Isi dengan {must}.',
        '{cell}: the {title} "{value}" cannot be read and was emptied. Enter {must}.',
    ),
    "digits_lost": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" tidak dapat dipulihkan. Ubah kolom {letter} menjadi Teks dan '
        'ketik ulang {must}.',
        '{cell}: the {title} "{value}" cannot be recovered. Format column {letter} as Text and '
        'retype the {must}.',
    ),
    "wrong_length": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" salah jumlah angkanya dan dikosongkan. Isi dengan {must}.',
        '{cell}: the {title} "{value}" has a wrong number of digits and was emptied. Enter {must}.',
    ),
    "negative": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" bernilai negatif dan dikosongkan. Isi dengan {must}.',
        '{cell}: the {title} "{value}" is negative and was emptied. Enter {must}.',
    ),
    "too_much": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" terlalu besar dan dikosongkan. Periksa satuannya, lalu isi '
        'dengan {must}.',
        '{cell}: the {title} "{value}" is too large and was emptied. Check its unit and enter '
        '{must}.',
    ),
    "range": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" adalah rentang dan dikosongkan. Isi satu nilai: {must}.',
        '{cell}: the {title} "{value}" is a range and was emptied. Enter one value: {must}.',
    ),
    "approximate": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" hanya kira-kira dan dibaca sebagai angka tepat. Isi dengan '
        '{must}.',
        '{cell}: the {title} "{value}" is approximate and was read as exact. Enter {must}.',
    ),
    "rounded": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" dibulatkan ke rupiah penuh. Isi tanpa pecahan bila pembulatan '
        'ini salah.',
        '{cell}: the {title} "{value}" was rounded to whole rupiah. Enter it without fractions '
        'if that is wrong.',
    ),
    "second_value": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" berisi lebih dari satu nilai; yang pertama dipakai. Isi satu '
        'saja: {must}.',
        '{cell}: the {title} "{value}" holds more than one value; the first was taken. Enter '
        'only one: {must}.',
    ),
    "two_digit_year": _rule(
        CORRECTED,
        '{cell}: tahun dua angka pada {title} "{value}" dilengkapi. Tulis tahun empat angka.',
        '{cell}: the two-digit year in the {title} "{value}" was completed. Write years with '
        'four digits.',
    ),
    "no_such_day": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" bukan tanggal yang ada dan dikosongkan. Isi dengan {must}.',
        '{cell}: the {title} "{value}" is no day of the calendar and was emptied. Enter {must}.',
    ),
    "first_of_month": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" hanya menyebut bulan; tanggal 1 dipakai. Isi dengan {must}.',
        '{cell}: the {title} "{value}" names only a month; its first day was taken. Enter {must}.',
    ),
    "mended": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" diperbaiki tanda bacanya. Periksa hasilnya, atau isi dengan '
        '{must}.',
        '{cell}: the punctuation of the {title} "{value}" was mended. Check it, or enter {must}.',
    ),
    "swapped": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" tertukar dengan kolom lain dan ditukar kembali. Periksa kedua '
        'sel.',
        '{cell}: the {title} "{value}" had changed places with another column and was put back. '
        'Check both cells.',
    ),
    "code_elsewhere": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" tidak ada dalam daftar kode dan dikosongkan. Isi dengan {must}.',
        '{cell}: the {title} "{value}" is not in the list of codes and was emptied. Enter {must}.',
    ),
    # Cells that were kept, with a doubt.
    "nik_shape": _rule(
        WARNING,
        '{cell}: {title} "{value}" memuat tanggal lahir, kode wilayah, atau nomor urut yang '
        'tidak mungkin. Cocokkan dengan KTP.',
        '{cell}: the {title} "{value}" holds an impossible birth date, area or serial number. '
        'Compare it with the identity card.',
    ),
    "unknown_place": _rule(
        WARNING,
        '{cell}: {title} "{value}" tidak dikenal. Tulis {must} seperti pada daftar Kemendagri.',
        '{cell}: the {title} "{value}" is not known. Write {must} as in the Home Affairs list.',
    ),
    "misspelt_place": _rule(
        WARNING,
        '{cell}: {title} "{value}" bukan nama tempat mana pun; yang ejaannya paling dekat dipakai '
        'untuk kodenya. Tulis {must} seperti pada daftar Kemendagri.',
        '{cell}: the {title} "{value}" is the name of no place; the code is that of the one spelt '
        'most alike. Write {must} as in the Home Affairs list.',
    ),
    "unclear_place": _rule(
        WARNING,
        '{cell}: {title} "{value}" dapat berarti kabupaten atau kota. Tulis "Kab." atau "Kota" '
        'di depannya.',
        '{cell}: the {title} "{value}" may be a regency or a city. Write "Kab." or "Kota" before '
        'it.',
    ),
    "code_and_name": _rule(
        WARNING,
        '{cell}: {title} "{value}" tidak cocok dengan nama di sebelahnya. Periksa kode dan nama.',
        '{cell}: the {title} "{value}" does not fit the name beside it. Check code and name.',
    ),
    "other_province": _rule(
        WARNING,
        '{cell}: {title} "{value}" terletak di luar provinsi pengirim. Periksa apakah barisnya '
        'milik daftar ini.',
        '{cell}: the {title} "{value}" lies outside the sending province. Check whether the row '
        'belongs in this list.',
    ),
    "trade": _rule(
        WARNING,
        '{cell}: {title} "{value}" tampaknya perdagangan, bukan industri. Periksa apakah usaha '
        'ini mengolah barang.',
        '{cell}: the {title} "{value}" looks like trade, not manufacturing. Check whether this '
        'firm makes goods.',
    ),
    "not_industry": _rule(
        WARNING,
        '{cell}: {title} "{value}" bukan golongan industri pengolahan (10 sampai 33). Periksa '
        'apakah usaha ini mengolah barang.',
        '{cell}: the {title} "{value}" is no division of manufacturing (10 to 33). Check whether '
        'this firm makes goods.',
    ),
    "sums_differ": _rule(
        WARNING,
        '{cell}: {title} "{value}" tidak sama dengan laki-laki ditambah perempuan. Periksa '
        'ketiganya.',
        '{cell}: the {title} "{value}" is not the sum of men and women. Check all three.',
    ),
    "future_day": _rule(
        WARNING,
        '{cell}: {title} "{value}" terletak di masa depan. Periksa tanggalnya.',
        '{cell}: the {title} "{value}" lies in the future. Check the date.',
    ),
    "seven_digits": _rule(
        REJECTED,
        '{cell}: {title} "{value}" bukan kode yang dikenal, jadi baris ini tidak diterima. Isi '
        'dengan {must}.',
        '{cell}: the {title} "{value}" is no known code, so the row was not accepted. Enter '
        '{must}.',
    ),
    "trillions": _rule(
        WARNING,
        '{cell}: {title} "{value}" jauh di atas ukuran satker dekonsentrasi (Rp0,5–3 miliar, '
        '2018–2023). '
        "Periksa apakah maksudnya miliar, bukan triliun.",
        '{cell}: the {title} "{value}" is far above the size of a deconcentration unit (Rp0.5–3 '
        'bn, 2018–2023). '
        "Check whether billions were meant, not trillions.",
    ),
    "above_ceiling": _rule(
        WARNING,
        '{cell}: {title} "{value}" melebihi pagu dikurangi blokir. Periksa baris ini.',
        '{cell}: the {title} "{value}" is above the ceiling less what is blocked. Check this row.',
    ),
    "above_commitment": _rule(
        WARNING,
        '{cell}: {title} "{value}" melebihi komitmennya. Periksa baris ini.',
        '{cell}: the {title} "{value}" is above what is committed. Check this row.',
    ),
    "group_differs": _rule(
        WARNING,
        '{cell}: {title} "{value}" tidak sama dengan jumlah rinciannya. Rincian yang dipakai; '
        'periksa keduanya.',
        '{cell}: the {title} "{value}" is not the sum of its details. The details were used; '
        'check both.',
    ),
    # Rows that cannot be taken.
    "no_name": _rule(
        REJECTED,
        "{cell}: baris ini tidak memuat nama usaha maupun nama pemilik, jadi tidak diterima. Isi "
        "salah satunya.",
        "{cell}: this row has neither a business name nor an owner's name and was not accepted. "
        "Enter one of them.",
    ),
    "not_asked": _rule(
        REJECTED,
        "{cell}: {title} kosong atau tidak terbaca, jadi baris ini tidak diterima. Isi dengan "
        "{must}.",
        "{cell}: the {title} is blank or cannot be read, so the row was not accepted. Enter "
        "{must}.",
    ),
    "no_proposal": _rule(
        REJECTED,
        "{cell}: baris ini tidak bernomor usulan dan tidak ada usulan di atasnya, jadi tidak "
        "diterima. Isi nomor usulannya.",
        "{cell}: this row has no number of a proposal and none stands above it, so it was not "
        "accepted. Enter the number.",
    ),
    "ends_before": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" lebih awal dari tanggal mulainya, jadi sertifikat itu tidak '
        "dicatat. Periksa kedua tanggal.",
        '{cell}: the {title} "{value}" lies before the day it begins, so the certificate was not '
        "recorded. Check both dates.",
    ),
    "number_of_which": _rule(
        WARNING,
        '{cell}: {title} "{value}" harus milik satu sertifikat saja; baris ini menyebut tidak satu '
        "pun atau beberapa, jadi nomornya tidak dipakai. Tulis satu sertifikat per baris.",
        '{cell}: the {title} "{value}" must belong to one certificate; this row names none or '
        "several, so the number was not used. Write one certificate a row.",
    ),
    "no_line_key": _rule(
        REJECTED,
        '{cell}: kode baris "{value}" tidak lengkap, jadi baris ini tidak diterima. Isi kode '
        'seperti 3038.001.051.A.521211.',
        '{cell}: the line code "{value}" is not complete, so the row was not accepted. Enter one '
        'such as 3038.001.051.A.521211.',
    ),
    "no_ceiling": _rule(
        REJECTED,
        "{cell}: pagu kosong atau tidak terbaca, jadi baris ini tidak diterima. Isi angka "
        "rupiah, 0 bila tidak ada.",
        "{cell}: the ceiling is blank or cannot be read, so the row was not accepted. Enter an "
        "amount in rupiah, 0 if none.",
    ),
    # Lists of the treasury.
    "no_document": _rule(
        REJECTED,
        '{cell}: {title} kosong, jadi baris ini tidak diterima: tanpa nomor, dokumennya tidak '
        'dapat dicocokkan. Isi dengan {must}.',
        '{cell}: the {title} is blank, so the row was not accepted: a document without a number '
        'cannot be compared. Enter {must}.',
    ),
    "no_document_amount": _rule(
        REJECTED,
        '{cell}: {title} kosong atau tidak terbaca, jadi baris ini tidak diterima. Isi dengan '
        '{must}.',
        '{cell}: the {title} is blank or cannot be read, so the row was not accepted. Enter '
        '{must}.',
    ),
    "no_month": _rule(
        REJECTED,
        "{cell}: bulan maupun tanggal UP/TUP ini kosong, jadi baris ini tidak diterima. Isi "
        "salah satunya.",
        "{cell}: this imprest has neither month nor date, so the row was not accepted. Enter one "
        "of them.",
    ),
    "no_document_date": _rule(
        WARNING,
        "{cell}: {title} kosong; dokumennya dicocokkan tanpa tanggal dan tidak dapat dibukukan. "
        "Isi dengan {must}.",
        "{cell}: the {title} is blank; the document is compared without it and cannot be posted. "
        "Enter {must}.",
    ),
    "from_above": _rule(
        CORRECTED,
        "{cell}: {title} kosong dan diisi dari baris di atasnya. Isi nomornya bila ini dokumen "
        "lain.",
        "{cell}: the {title} was blank and taken from the row above. Enter its number if this is "
        "another document.",
    ),
    "of_first_row": _rule(
        CORRECTED,
        "{cell}: {title} kosong dan diisi dari baris di atasnya. Isi di setiap baris.",
        "{cell}: the {title} was blank and taken from the row above. Enter it in every row.",
    ),
    "same_row": _rule(
        WARNING,
        '{cell}: {title} "{value}" sudah tertulis sama persis di baris lain dan dihitung satu '
        'kali. Hapus satu, atau tulis rincian yang membedakannya.',
        '{cell}: the {title} "{value}" stands in another row exactly alike and counts once. '
        'Delete one of them, or write what tells them apart.',
    ),
    "two_dates": _rule(
        WARNING,
        '{cell}: {title} "{value}" berbeda dari tanggal lain dokumen yang sama; yang terawal '
        'dipakai. Periksa keduanya.',
        '{cell}: the {title} "{value}" differs from another date of the same document; the '
        'earliest was taken. Check both.',
    ),
    "other_year": _rule(
        WARNING,
        '{cell}: {title} "{value}" di luar tahun anggarannya. Periksa tanggal atau tahunnya.',
        '{cell}: the {title} "{value}" lies outside its fiscal year. Check the date or the year.',
    ),
    "net_differs": _rule(
        WARNING,
        '{cell}: {title} "{value}" tidak sama dengan bruto dikurangi potongan. Periksa ketiganya.',
        '{cell}: the {title} "{value}" is not gross less deductions. Check all three.',
    ),
    "remaining_differs": _rule(
        WARNING,
        '{cell}: {title} "{value}" tidak sama dengan hitungan kolom lainnya. Periksa baris ini.',
        '{cell}: the {title} "{value}" is not what the other columns come to. Check this row.',
    ),
    "months_differ": _rule(
        WARNING,
        '{cell}: {title} "{value}" tidak sama dengan jumlah bulan-bulannya. Periksa baris ini.',
        '{cell}: the {title} "{value}" is not the sum of its months. Check this row.',
    ),
    **VALUE_RULES,
}  # fmt: skip

__all__ = ["CORRECTED", "REJECTED", "RULES", "WARNING", "Rule"]
