"""Headings of forms on the web are questions: each is read by what it asks for, or left alone."""

import pytest

from pulih.intake.kinds import KINDS

READ = [
    ("Masukkan NIK Anda", "nik"),
    ("Apakah sudah punya NIB? Jika ya sebutkan nomornya", "nib"),
    ("Kecamatan tempat usaha Anda", "district"),
    ("Kecamatan tempat usaha Bapak/Ibu", "district"),
    ("Apakah usaha Anda masih berjalan?", "status"),
    ("Apakah usaha Bapak/Ibu masih berproduksi saat ini?", "status"),
    ("Status usaha saat pandemi", "status"),
    ("Bagaimana kondisi usaha selama masa pandemi Covid-19?", "status"),
    ("Kendala apa yang paling dirasakan?", "obstacles"),
    ("Apa saja kendala yang dihadapi selama pandemi? (boleh lebih dari satu)", "obstacles"),
    ("Ke mana produk Anda dipasarkan?", "market"),
    ("Kemana saja hasil produksi dijual?", "market"),
    ("Sertifikat apa yang sudah Anda miliki?", "certificates"),
    ("Tuliskan kode KBLI usaha Anda jika tahu", "kbli"),
    ("Nomor NPWP bila ada", "npwp"),
    ("Kritik dan saran", "note"),
    ("Saran dan masukan", "note"),
]


@pytest.mark.parametrize(("heading", "column"), READ)
def test_a_question_is_read_by_what_it_asks_for(heading: str, column: str) -> None:
    match = KINDS["impact"].dictionary.match(heading)
    assert match is not None
    assert match.name == column


LEFT_ALONE = [
    "Apakah ada kendala bahan baku?",  # Yes or no.
    "Kendala apa yang sudah diatasi?",
    "Apakah usaha masih berjalan sesuai protokol kesehatan?",
    "Apakah usaha masih berproduksi dengan bahan baku impor?",
    "Bagaimana kondisi usaha sebelum pandemi?",
    "Bagaimana kondisi kesehatan Anda?",
    "Status usaha orang tua",
    "Sertifikat apa yang belum dimiliki?",
    "Sertifikat apa yang ingin dimiliki?",
    "Apakah memiliki sertifikat?",
    "Apakah Anda pemilik usaha?",
    "Ke mana limbah produk dibuang?",
    "Di mana bahan baku diperoleh?",
    "Dari mana bahan baku utama dibeli?",
    "Berapa harga bahan baku?",
    "Berapa bahan baku yang digunakan per bulan?",
    "Bagaimana kondisi bahan baku?",
    "Bagaimana cara pemasaran produk?",
    "Masukkan NIK istri/suami",
    "Kecamatan asal bahan baku",
]


@pytest.mark.parametrize("heading", LEFT_ALONE)
def test_a_question_for_something_else_is_left_alone(heading: str) -> None:
    assert KINDS["impact"].dictionary.match(heading) is None
