"""Every rule by which a cell is changed, doubted or refused, and the sentence that says so.

`{title}` and `{must}` come from the column's own declaration, `{letter}` is its letter; `{cell}`
and `{value}` stand in this order, once each, or not at all.
"""

from dataclasses import dataclass

from pulih.common.errors import Message

REJECTED, CORRECTED, WARNING = "rejected", "corrected", "warning"


@dataclass(frozen=True)
class Rule:
    """A kind of problem and its sentence."""

    kind: str
    message: Message


def _rule(kind: str, indonesian: str, english: str) -> Rule:
    return Rule(kind, Message(indonesian, english))


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
    "letter_in_number": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" memuat huruf di antara angka dan dibaca sebagai angka. Periksa, '
        'lalu isi dengan {must}.',
        '{cell}: the {title} "{value}" holds a letter among its digits, which was read as a digit. '
        'Check it and enter {must}.',
    ),
    "unclear_separator": _rule(
        CORRECTED,
        '{cell}: titik atau koma pada {title} "{value}" dapat dibaca dua cara. Periksa hasilnya; '
        'tulis ribuan dengan titik dan desimal dengan koma.',
        '{cell}: the separator in the {title} "{value}" can be read in two ways. Check the result; '
        'write thousands with a dot and decimals with a comma.',
    ),
    "unit_twice": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" menulis angka penuh dan satuannya sekaligus, lalu dikosongkan. '
        'Isi dengan {must}.',
        '{cell}: the {title} "{value}" writes a full figure and a unit behind it and was emptied. '
        'Enter {must}.',
    ),
    "full_amount": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" terlalu besar untuk satuan pada judul dan dibaca sebagai rupiah '
        'penuh. Periksa, atau ikuti satuan judulnya.',
        '{cell}: the {title} "{value}" is too large for the unit in the heading and was read as '
        'full rupiah. Check it, or follow the unit of the heading.',
    ),
    "other_currency": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" bukan dalam rupiah dan dikosongkan. Isi dengan {must}.',
        '{cell}: the {title} "{value}" is not in rupiah and was emptied. Enter {must}.',
    ),
    "per_day": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" untuk kurun lain dari bulan atau tahun dan dikosongkan. Isi '
        'dengan {must}.',
        '{cell}: the {title} "{value}" is for a period other than a month or a year and was '
        'emptied. Enter {must}.',
    ),
    "added_up": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" memuat dua ukuran dan dijumlahkan dalam satuan yang lebih kecil. '
        'Isi dengan {must}.',
        '{cell}: the {title} "{value}" holds two measures, which were added up in the smaller '
        'unit. Enter {must}.',
    ),
    "unclear_day": _rule(
        CORRECTED,
        '{cell}: urutan hari dan bulan pada {title} "{value}" tidak pasti. Periksa, lalu tulis '
        'bulannya dengan huruf.',
        '{cell}: the order of day and month in the {title} "{value}" is not certain. Check it and '
        'write the month in letters.',
    ),
    "several_choices": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" menyebut lebih dari satu pilihan dan dikosongkan. Pilih satu: '
        '{must}.',
        '{cell}: the {title} "{value}" names more than one choice and was emptied. Choose one: '
        '{must}.',
    ),
    "by_sense": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" dibaca menurut maksudnya. Periksa, atau isi dengan {must}.',
        '{cell}: the {title} "{value}" was read by its sense. Check it, or enter {must}.',
    ),
    "ditto": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" adalah tanda ulang; isi baris di atasnya dipakai. Tulis isinya '
        'di setiap baris.',
        '{cell}: the {title} "{value}" is a ditto mark; what the row above holds was taken. Write '
        'it out in every row.',
    ),
    "error_cell": _rule(
        CORRECTED,
        '{cell}: {title} berisi kesalahan rumus "{value}" dan dikosongkan. Perbaiki rumusnya, atau '
        'isi dengan {must}.',
        '{cell}: the {title} holds the error "{value}" of a formula and was emptied. Mend the '
        'formula, or enter {must}.',
    ),
    "no_stored_value": _rule(
        CORRECTED,
        '{cell}: {title} berupa rumus tanpa hasil tersimpan, jadi kosong. Buka berkasnya di '
        'program lembar kerja, simpan, lalu kirim lagi; atau isi dengan {must}.',
        '{cell}: the {title} is a formula without a stored result, so it is blank. Open the file '
        'in a spreadsheet program, save it and send it again; or enter {must}.',
    ),
    "odd_byte": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" memuat huruf dari penyandian lain, yang ditebak. Periksa '
        'ejaannya.',
        '{cell}: the {title} "{value}" holds a letter of another encoding, which was guessed. '
        'Check its spelling.',
    ),
    "stray_quote": _rule(
        CORRECTED,
        '{cell}: di dekat {title} "{value}" ada tanda kutip tanpa pasangan; barisnya dibaca tanpa '
        'tanda itu. Periksa barisnya.',
        '{cell}: near the {title} "{value}" stands a quotation mark without its pair; the row was '
        'read without it. Check the row.',
    ),
    "joined_cells": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" terpotong oleh tanda pemisah dan disambung kembali. Periksa '
        'barisnya.',
        '{cell}: the {title} "{value}" had been cut by the separator and was joined again. Check '
        'the row.',
    ),
    # Cells that were kept, with a doubt.
    "nik_shape": _rule(
        WARNING,
        '{cell}: {title} "{value}" memuat tanggal lahir atau kode wilayah yang tidak mungkin. '
        'Cocokkan dengan KTP.',
        '{cell}: the {title} "{value}" holds an impossible birth date or area. Compare it with '
        'the identity card.',
    ),
    "unknown_place": _rule(
        WARNING,
        '{cell}: {title} "{value}" tidak dikenal. Tulis {must} seperti pada daftar Kemendagri.',
        '{cell}: the {title} "{value}" is not known. Write {must} as in the Home Affairs list.',
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
    "words_differ": _rule(
        WARNING,
        '{cell}: angka dan huruf pada {title} "{value}" berbeda; angkanya yang dipakai. Periksa '
        'keduanya.',
        '{cell}: figure and words of the {title} "{value}" differ; the figure was taken. Check '
        'both.',
    ),
    "remark": _rule(
        WARNING,
        '{cell}: {title} "{value}" memuat keterangan yang tidak ikut dibaca. Pindahkan '
        'keterangannya ke kolom lain.',
        '{cell}: the {title} "{value}" holds a remark that was left out. Move it into another '
        'column.',
    ),
    "ragged_row": _rule(
        WARNING,
        '{cell}: jumlah sel barisnya berbeda dari judulnya, jadi {title} "{value}" mungkin milik '
        'kolom lain. Periksa barisnya.',
        '{cell}: its row has another number of cells than the headings, so the {title} "{value}" '
        'may belong to another column. Check the row.',
    ),
    "far_from_others": _rule(
        WARNING,
        '{cell}: {title} "{value}" ratusan kali lebih besar atau lebih kecil dari yang lain di '
        'kolom atau barisnya. Periksa satuannya: rupiah, ribu, atau juta.',
        '{cell}: the {title} "{value}" is hundreds of times more or less than the others of its '
        'column or row. Check its unit: rupiah, thousands or millions.',
    ),
    "scale_doubtful": _rule(
        WARNING,
        '{cell}: {title} "{value}" sangat besar bila dikalikan satuan pada judul. Periksa apakah '
        'angkanya sudah rupiah penuh.',
        '{cell}: the {title} "{value}" is very large when multiplied by the unit in the heading. '
        'Check whether it is in full rupiah already.',
    ),
    "other_period": _rule(
        WARNING,
        '{cell}: {title} "{value}" untuk kurun lain dari yang lain di kolomnya; tidak dibagi atau '
        'dikalikan. Isi semua per bulan, atau semua per tahun.',
        '{cell}: the {title} "{value}" is for another period than the rest of its column; it was '
        'neither divided nor multiplied. Enter all by month, or all by year.',
    ),
    "other_unit": _rule(
        WARNING,
        '{cell}: satuan pada {title} "{value}" berbeda dari satuan di judulnya; angkanya dibiarkan. '
        'Pakai satu satuan.',
        '{cell}: the unit in the {title} "{value}" differs from the unit in the heading; the '
        'number was kept. Use one unit.',
    ),
    "long_ago": _rule(
        WARNING,
        '{cell}: {title} "{value}" terlalu lama berlalu. Periksa tahunnya.',
        '{cell}: the {title} "{value}" lies too long ago. Check the year.',
    ),
    "more_than_were": _rule(
        WARNING,
        '{cell}: {title} "{value}" melebihi tenaga kerja yang ada. Periksa keduanya.',
        '{cell}: the {title} "{value}" is more than there were workers. Check both.',
    ),
    "turnover_low": _rule(
        WARNING,
        '{cell}: {title} "{value}" lebih kecil dari upah terendah tenaga kerjanya. Periksa '
        'satuannya dan jumlah tenaga kerja.',
        '{cell}: the {title} "{value}" is below the lowest pay of its workers. Check its unit and '
        'the number of workers.',
    ),
    "repeated_row": _rule(
        WARNING,
        '{cell}: {title} "{value}" dengan pemilik dan tempat yang sama sudah ada di baris lain '
        'berkas ini. Hapus salah satu bila usahanya sama.',
        '{cell}: the {title} "{value}" with the same owner and place stands in another row of this '
        'file. Delete one of them if it is the same firm.',
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
}  # fmt: skip
