"""A pasted list is read whole, or every line that is wrong is named."""

from hypothesis import given
from hypothesis import strategies as st

from pulih.delivery.rules import nik as numbers
from pulih.delivery.rules import roster

CODES = frozenset({"3212", "6371"})
GOOD = "3212155101870001"


def read(text):
    return roster.read(text, CODES)


def words(text):
    return [each.en for each in read(text)[1]]


def test_columns_without_headings_stand_in_their_usual_order():
    (entry,), faults = read(f"Siti  Aminah\t{GOOD}\tP\tEretan\tya\t")
    assert faults == []
    assert (entry.name, entry.nik, entry.sex, entry.village) == (
        "Siti Aminah", GOOD, "P", "Eretan",
    )  # fmt: skip
    assert (entry.has_disability, entry.is_laid_off) == (True, False)


def test_headings_give_another_order_and_unknown_ones_are_left_out():
    (entry,), faults = read(f"No;NIK;Nama Lengkap;Jenis Kelamin;PHK\n1;{GOOD};Siti;perempuan;x")
    assert faults == []
    assert (entry.line, entry.name, entry.nik, entry.is_laid_off) == (2, "Siti", GOOD, True)


def test_every_wrong_line_is_named_in_order():
    text = f"Siti\t{GOOD}\tP\nBudi\t321\tL\n\nAni\t{GOOD}\tP\n\t\tx"
    assert words(text) == [
        "Line 2: a NIK has 16 digits.",
        "Line 4: the NIK of line 1 again.",
        "Line 5: the name is missing.",
        "Line 5: the sex must be L or P.",
    ]


def test_impossible_digits_are_told_apart():
    for number, sex, said in (
        ("3212159913870001", "P", "birthday"),
        ("9999155101870001", "P", "regency"),
        ("3212151101870001", "P", "another sex"),
        ("3212155101870000", "P", "0000"),
        ("32121551018700O1", "P", "16 digits"),
    ):
        (fault,) = numbers.faults([number], [sex], CODES)
        assert said in fault.en


def test_a_long_list_is_refused_once():
    assert len(words("Siti\t\tP\n" * 1_001)) == 1


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_with_a_line(text):
    entries, faults = read(text)
    for fault in faults:
        assert fault.en.startswith("Line ")
    if not faults:
        assert all(entry.name and entry.sex in "LP" for entry in entries)


names = st.text(st.characters(categories=("L",)), min_size=1, max_size=20)


@given(st.lists(st.tuples(names, st.sampled_from("LP")), min_size=1, max_size=40))
def test_nobody_is_lost_and_nobody_added(people):
    entries, faults = read("\n".join(f"{name}\t\t{sex}" for name, sex in people))
    assert faults == []
    assert [(entry.name, entry.sex) for entry in entries] == people


def test_the_first_digits_of_a_number_are_those_of_every_regency_there_was():
    assert len(numbers.regency_codes()) >= 514
    assert {"3212", "6571"} <= numbers.regency_codes()


def test_a_number_of_a_person_outside_its_column_is_cut():
    heads = "Nama\tNIK\tJK\tDesa\tAlamat\tPHK"
    (entry,), faults = read(f"{heads}\nSiti {GOOD}\t{GOOD}\tP\tEretan {GOOD}\tRT 1 NIK {GOOD}\tya")
    assert (entry.nik, faults) == (GOOD, [])
    assert GOOD not in f"{entry.name} {entry.village} {entry.address}"
    assert GOOD not in str(words(f"{heads}\nSiti\t\tP\tEretan\tRT 1\t{GOOD}"))
