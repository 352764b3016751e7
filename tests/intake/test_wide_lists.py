"""A survey has many headings that no dictionary knows: it is read, or told, and never lost."""

import csv

from pulih import intake
from pulih.common.errors import Refusal

QUESTIONS = [f"Pertanyaan {number}" for number in range(60)]
KNOWN = ["Nama Usaha", "Nama Pemilik", "Alamat", "Telepon"]
FIRM = ["Konveksi Sari", "Siti Aminah", "Jl. Contoh 1", "081234567890"]


def written(tmp_path, *tables):
    path = tmp_path / "daftar.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        for table in tables:
            writer.writerows([*table, [""]])
    return path


def survey(firms):
    answers = [[*FIRM, *("ya" for _ in QUESTIONS)] for _ in range(firms)]
    return [[*KNOWN, *QUESTIONS], *answers]


def test_four_known_headings_among_sixty_unknown_are_a_list(tmp_path):
    taken = intake.read(written(tmp_path, survey(3)))
    assert taken.rows["business_name"].to_list() == ["Konveksi Sari"] * 3


def test_a_survey_above_another_list_is_read_or_told(tmp_path):
    below = [["No", *KNOWN, "KBLI", "Produk"]]
    below += [[str(n), *FIRM, "14111", "Baju"] for n in range(1, 4)]
    try:
        taken = intake.read(written(tmp_path, survey(2), below))
    except Refusal:
        return
    is_told = "table_not_read" in taken.problems["rule"].to_list()
    assert is_told or taken.rows.height == 5
