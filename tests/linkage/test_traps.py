"""Firms that must be one, firms that must not, and what is said of both."""

import pytest

from pulih.linkage.explain import explain, explain_many
from pulih.linkage.model import MATCH, REVIEW
from tests.linkage.small import SITI, linked, pairs_of, record


def together(tmp_path, **changes):
    found = linked(tmp_path, [record(1), record(2, **changes)])
    return found["1"] == found["2"]


@pytest.mark.parametrize(
    "changes",
    [
        {"owner_name": "Hj. Sitti Aminah"},
        {"owner_name": "SITI AMINAH, S.E.", "phone": "+62 812-9876-5432"},
        {"owner_name": "Siti Aminah", "nik": "3.20413E+15", "business_name": "U.D. MEKARSARI"},
        {"nik": "3204125203800070"},
        {"nik": "320412520380000", "owner_name": "Bu Siti Aminah"},
        {"nik": None, "phone": None, "business_name": "Rumah Produksi Mekar Sari"},
        {"village": "Suka Madju", "village_code": None, "address": "RT 2 RW 4 Jln Kenanga"},
        {"product": "krpk sngkng", "kbli": None},
        {"business_name": "Siti Aminah", "owner_name": "Mekar Sari"},
        {"village": "Cibiru", "village_code": "3204112001", "address": "Gang Melati 9"},
        {"product": "dodol", "kbli": "10313"},
        {"regency_code": "3204", "phone": "0812 9876 5432 / 0857 1111 2222", "nik": None},
    ],
)
def test_one_firm_written_in_two_ways_is_one(tmp_path, changes):
    assert together(tmp_path, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"nik": "3204121507910000"},
        {"nik": "3204125203800000", "owner_name": "Siti Aminah", "business_name": None},
    ],
)
def test_a_nik_rounded_by_a_spreadsheet_keeps_its_first_digits(tmp_path, changes):
    rounded = {"nik": "3204125203800000", "phone": None, "address": None, "year_established": None}
    rows = [record(1, **rounded), record(2, **{**rounded, **changes})]
    found = linked(tmp_path, rows)
    assert (found["1"] == found["2"]) == (changes["nik"] == rounded["nik"])
    assert explain(*rows).terms[0].level == (
        "nik and owner" if found["1"] == found["2"] else "contrary niks, one name"
    )


OTHER_PERSON = {"nik": "3204121507700003", "owner_name": "Ujang Permana"}
OTHER_FIRM = {"business_name": "Las Karya Besi", "product": "pagar dan teralis", "kbli": "25111"}


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({**OTHER_FIRM, "year_established": "2017"}, id="an owner's second firm"),
        pytest.param(
            {**OTHER_FIRM, "year_established": None, "phone": None}, id="second firm, less known"
        ),
        pytest.param({**OTHER_PERSON, **OTHER_FIRM}, id="spouses on one telephone"),
        pytest.param(
            {"nik": "3204124107910002", "phone": "085711112222", "business_name": "Barokah",
             "product": "tahu", "kbli": "10392", "address": "RT 7 RW 1", "year_established": None},
            id="namesakes in one village",
        ),
        pytest.param(
            {**OTHER_PERSON, "business_name": "UD Karya Tani", "address": "RT 7 RW 1"},
            id="a middleman's telephone, the same trade",
        ),
    ],
)  # fmt: skip
def test_two_firms_that_look_alike_stay_two(tmp_path, changes):
    assert not together(tmp_path, **changes)


def test_balinese_neighbours_with_the_same_birth_order_are_two(tmp_path):
    unknown = ("village_code", "phone", "nik", "business_name", "address", "year_established")
    bali = {**SITI, **dict.fromkeys(unknown), "village": "Ubud", "regency_code": "5104"}
    rows = [
        record(1, bali, owner_name="I Wayan Sudarta", product="ukiran kayu"),
        record(2, bali, owner_name="I Wayan Mudita", product="ukiran kayu"),
    ]
    assert len(set(linked(tmp_path, rows).values())) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UD Maju 1", "UD Maju 2"),
        ("UPPKS Melati I", "UPPKS Melati III"),
        ("Toko Kue Melati-1", "TOKO KUE MELATI 03"),
    ],
)
def test_firms_that_a_number_parts_are_two_and_a_person_is_asked(tmp_path, one, other):
    rows = [record(1, business_name=one), record(2, business_name=other)]
    found = linked(tmp_path, rows)
    assert found["1"] != found["2"]
    assert [decision for decision, _ in pairs_of(tmp_path).values()] == ["review"]


@pytest.mark.parametrize("nothing", ["N/A", "tidak ada", "-", "0", "Nihil"])
def test_what_a_clerk_writes_for_nothing_weighs_nothing(nothing):
    blank = dict.fromkeys(("product", "address", "village", "business_name"))
    told = explain_many(
        [(record(1), record(2, **blank)), (record(1), record(2, **dict.fromkeys(blank, nothing)))]
    )
    assert told[0].weight == told[1].weight


@pytest.mark.parametrize("other", ["UD. MAJU I", "Maju 01", "UD Maju", "UD Maju 1998"])
def test_one_number_written_otherwise_or_left_out_parts_no_firm(tmp_path, other):
    rows = [record(1, business_name="UD Maju 1"), record(2, business_name=other)]
    found = linked(tmp_path, rows)
    assert found["1"] == found["2"]


def test_a_chain_does_not_join_what_contradicts(tmp_path):
    bare = {"nik": None, "phone": None, "address": None, "year_established": None}
    between = {**bare, "business_name": None, "product": None, "kbli": None}
    rows = [record(1), record(2, **between), record(3, **OTHER_FIRM, year_established="2017")]
    found = linked(tmp_path, rows)
    assert found["1"] != found["3"]


def test_codes_of_either_scheme_are_one_place(tmp_path):
    place = {"village_code": None, "village": "Sukamaju", "nik": None}
    home = record(1, source="dinas", regency="Kab. Deli Serdang", regency_code="1207", **place)
    bps = record(2, source="bps", regency="Deli Serdang", regency_code="1212", **place)
    found = linked(tmp_path, [home, bps])
    assert found["1"] == found["2"]
    assert "village=same" in pairs_of(tmp_path)["1", "2"][1]


def test_the_evidence_says_why(tmp_path):
    linked(tmp_path, [record(1), record(2, owner_name="Siti Aminnah", phone="081200001111")])
    decision, evidence = pairs_of(tmp_path)["1", "2"]
    assert decision == "match"
    assert evidence.startswith("nik=same; owner=")
    assert "village=same" in evidence
    assert "phone=differs" in evidence


def test_an_owners_two_firms_of_one_year_are_left_to_a_person(tmp_path):
    """Everything else speaks for one firm; the work alone is another."""
    rows = [
        record(1, business_name=None, product="anyaman bambu", kbli="16291", workers_male="4"),
        record(2, business_name=None, product="katering", kbli="10799", workers_male="4"),
    ]
    found = linked(tmp_path, rows)
    assert found["1"] != found["2"]
    assert [decision for decision, _ in pairs_of(tmp_path).values()] == ["review"]


CODES = {"10799": "beside", "1079": "four digits", "15494": "another edition", "47249": "a shop's",
         "25111": "any code"}  # fmt: skip
KNOWN: list[dict[str, str | None]] = [
    {},
    {"product": None},
    {"product": None, "phone": None, "address": None},
    {"business_name": None},
    {"nik": None, "phone": None},
]


def test_a_firm_whose_codes_differ_is_one_firm():
    """Whatever the office made of the code, and whichever of the rest is known."""
    pairs = [(record(1), record(2, **known, kbli=code)) for code in CODES for known in KNOWN]
    assert min(told.weight for told in explain_many(pairs)) >= MATCH


def test_one_code_does_not_outweigh_names_that_say_different_products():
    """A clerk gave both of an owner's firms one code."""
    told = explain(
        record(1, business_name="Keripik Maju", product=None, kbli="10794"),
        record(2, business_name="Las Karya Besi", product=None, kbli="10794",
               year_established="2017"),
    )  # fmt: skip
    assert told.weight < MATCH


def test_only_codes_far_apart_are_a_persons_to_judge():
    """Neither name nor product nor year: it may be the owner's other firm."""
    bare = dict.fromkeys(("business_name", "product", "year_established"))
    told = explain(record(1, **bare), record(2, **bare | {"kbli": "31001"}))
    assert REVIEW <= told.weight < MATCH


@pytest.mark.parametrize(("month", "bits"), [("2020-05-20", -1), ("2020-06-20", 1)])
def test_an_office_seldom_names_a_firm_twice_in_one_month(month, bits):
    one = record(1, source="dinas", reported="2020-05-04")
    other = record(2, source="dinas", reported=month)
    plain = explain(record(1), record(2))
    assert (explain(one, other).weight - plain.weight) * bits > 0


@pytest.mark.parametrize("kbli", ["11040", "10710"])
def test_no_code_is_a_second_witness_of_neighbouring_goods(kbli):
    """Clerks give an owner's cakes and syrup one code, or two that are near."""
    cakes = record(1, business_name="Kue Kering Siti", product="kue kering", kbli="10710")
    syrup = record(2, business_name="Sirup Pala Karya", product="sirup pala", kbli=kbli)
    told = {term.comparison: term.level for term in explain(cakes, syrup).terms}
    assert told["business"] == "work nearly, a name is silent"
    assert told["code"] == "silent"


def test_goods_alike_in_letters_alone_are_other_goods():
    """Both of one owner and name; *gula merah* and *bata merah* are no slips of each other."""
    told = explain(record(1, product="gula merah"), record(2, product="bata merah"))
    assert {term.comparison: term.level for term in told.terms}["business"] == "name, other work"


SIBLING = {"owner_name": "Dewi Lestari", "nik": None, "year_established": None}


@pytest.mark.parametrize("name", ["Sumber Rasa", None, "Keripik Singkong Dewi"])
def test_siblings_in_one_house_and_one_trade_are_put_before_a_person(tmp_path, name):
    """House, telephone and work are the household's; that both were one firm, no name says."""
    rows = [record(1), record(2, business_name=name, **SIBLING)]
    found = linked(tmp_path, rows)
    assert found["1"] != found["2"]
    assert pairs_of(tmp_path)["1", "2"][0] == "review"


def test_a_firm_of_one_name_at_a_spouses_is_one(tmp_path):
    found = linked(tmp_path, [record(1), record(2, **SIBLING)])
    assert found["1"] == found["2"]


RINA = {"owner_name": "Rina Hidayat", "nik": "3204125203800007"}


@pytest.mark.parametrize("owner", ["Kartini Hidayat", "Sri Kartini Hidayat", "Budi Hidayat"])
@pytest.mark.parametrize("name", ["Sumber Rasa", None])
def test_a_last_name_alone_is_a_familys(tmp_path, owner, name):
    """What is long in both names is what relatives share: they are no spellings of one."""
    other = {"owner_name": owner, "nik": None, "business_name": name, "year_established": None}
    found = linked(tmp_path, [record(1, **RINA), record(2, **other)])
    assert found["1"] != found["2"]
    assert pairs_of(tmp_path)["1", "2"][0] == "review"


@pytest.mark.parametrize("owner", ["R. Hidayat", "Rna Hidayat", "Hidayat", "Nur Rina Hidayat"])
def test_a_slip_or_a_word_left_out_makes_no_relative(tmp_path, owner):
    found = linked(tmp_path, [record(1, **RINA), record(2, owner_name=owner, nik=None)])
    assert found["1"] == found["2"]


@pytest.mark.parametrize(
    "changes",
    [
        {"business_name": "Siti Aminah", "owner_name": "Mekar Sari"},
        {"business_name": "Siti Aminah", "owner_name": "UD Mekar Sari"},
        {"business_name": "Siti Aminnah", "owner_name": "U.D. Mekar Sari", "phone": None},
    ],
)
def test_owner_and_firm_in_each_others_column_are_one_firm(tmp_path, changes):
    """Without NIK, year and street, telephone or village must do."""
    less = {"nik": None, "year_established": None, "address": None}
    found = linked(tmp_path, [record(1, **less), record(2, **{**less, **changes})])
    assert found["1"] == found["2"]


def test_two_names_of_firms_stay_in_their_columns():
    """Which of them is the owner's, nobody can tell."""
    row = record(1, business_name="UD Mekar Sari", owner_name="UD Siti Aminah", nik=None)
    told = {term.comparison: term.level for term in explain(row, record(2, nik=None)).terms}
    assert told["business"] == "name and work"


@pytest.mark.parametrize("kbli", ["10794", "10793"])
def test_siblings_of_whose_work_only_a_code_tells_are_put_before_a_person(tmp_path, kbli):
    silent = {"business_name": None, "product": None}
    rows = [record(1, **silent), record(2, **{**silent, **SIBLING, "kbli": kbli})]
    found = linked(tmp_path, rows)
    assert found["1"] != found["2"]
    assert pairs_of(tmp_path)["1", "2"][0] == "review"


def test_a_firm_in_the_wrong_columns_is_found_where_no_village_is_written(tmp_path):
    """The names alone bring both together; beside them only the street and the work agree."""
    less = {"nik": None, "phone": None, "year_established": None}
    crossed = {"business_name": "Siti Aminah", "owner_name": "Mekar Sari", "village": None}
    rows = [record(1, **less), record(2, **less, **crossed, village_code=None)]
    found = linked(tmp_path, rows)
    assert found["1"] == found["2"]
