"""Rules of single values and of what neighbours say of them, and the sentence of each.

They stand beside those of `wording`, in the same form.
"""

from pulih.intake.rule import CORRECTED, WARNING, Rule
from pulih.intake.rule import rule as _rule

VALUE_RULES: dict[str, Rule] = {
    # Cells that were emptied or changed.
    "letter_in_number": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" memuat huruf di antara angka dan dibaca sebagai angka. Periksa, '
        'lalu isi dengan {must}.',
        '{cell}: the {title} "{value}" holds a letter among its digits, which was read as a digit. '
        'Check it and enter {must}.',
    ),
    "zero_restored": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" kurang angka karena lembar kerja membuang nol di depan, dan '
        'diberi nol kembali. Periksa, lalu simpan sebagai Teks.',
        '{cell}: the {title} "{value}" lacks digits, as a spreadsheet drops zeros in front; they '
        'were put back. Check it and store it as text.',
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
        '{cell}: {title} "{value}" memuat dua ukuran, dijumlahkan dalam satuan yang lebih kecil. '
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
    "two_places": _rule(
        WARNING,
        '{cell}: {title} "{value}" tampaknya memuat lebih dari satu nama. Isi satu nama saja.',
        '{cell}: the {title} "{value}" seems to hold more than one name. Enter only one.',
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
    "thousands_of_people": _rule(
        WARNING,
        '{cell}: {title} "{value}" dibaca sebagai ribuan orang. Periksa apakah titik atau komanya '
        'tanda desimal.',
        '{cell}: the {title} "{value}" is read as thousands of people. Check whether its dot or '
        'comma stands before decimals.',
    ),
    "too_little": _rule(
        WARNING,
        '{cell}: {title} "{value}" di bawah Rp10.000. Periksa satuannya: rupiah, ribu, atau juta.',
        '{cell}: the {title} "{value}" is below Rp10,000. Check its unit: rupiah, thousands or '
        'millions.',
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
    "unit_of_several": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" dihitung dalam satuan yang isinya tidak diketahui, seperti box '
        "atau dus, dan dikosongkan. Tulis jumlahnya per buah, lembar, kg, atau liter.",
        '{cell}: the {title} "{value}" is counted in a unit whose contents are unknown, such as '
        "a box, and was emptied. Write how many pieces, sheets, kg or litres.",
    ),
    "not_yet_held": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" menurut nomornya belum terbit, jadi tidak dihitung. Isi setelah '
        "sertifikatnya ada.",
        '{cell}: the {title} "{value}" is not issued yet by what stands for its number, so it was '
        "not counted. Enter it when the certificate is there.",
    ),
    "of_several": _rule(
        CORRECTED,
        '{cell}: {title} "{value}" tertulis untuk beberapa satuan sekaligus, seperti lusin atau '
        "box, dan dikosongkan. Isi untuk satu satuan produk.",
        '{cell}: the {title} "{value}" is written for several units at once, such as a dozen or a '
        "box, and was emptied. Enter it for one unit of the product.",
    ),
    "other_unit": _rule(
        WARNING,
        '{cell}: satuan pada {title} "{value}" berbeda dari satuan judulnya; angkanya dibiarkan. '
        'Pakai satu satuan.',
        '{cell}: the unit in the {title} "{value}" differs from the unit in the heading; the '
        'number was kept. Use one unit.',
    ),
    "unit_unsaid": _rule(
        WARNING,
        '{cell}: {title} "{value}" tidak bersatuan, sedangkan sel lain kolom ini memakai lusin, '
        'kodi, atau gros; angkanya dibaca dalam satuan produk. Tulis satuannya.',
        '{cell}: the {title} "{value}" has no unit, while other cells of its column are in dozens, '
        'scores or gross; it was read in the unit of the product. Write its unit.',
    ),
    "too_many_by_hand": _rule(
        WARNING,
        '{cell}: {title} "{value}" terlalu banyak untuk jumlah pekerjanya. Maksud Anda per tahun? '
        'Periksa angka dan kurunnya.',
        '{cell}: the {title} "{value}" is too much for so many workers. Do you mean a year? Check '
        'the number and its period.',
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
    "shared_number": _rule(
        WARNING,
        '{cell}: {title} "{value}" sudah ada di baris lain dengan nama atau alamat lain. Periksa '
        'nomornya di kedua baris.',
        '{cell}: the {title} "{value}" stands in another row with another name or address. Check '
        'the number in both rows.',
    ),
}  # fmt: skip
