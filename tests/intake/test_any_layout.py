"""Any list, put through any combination of layout changes, reads to the same rows."""

import csv
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.intake import read
from tests.examples import examples

ON = date(2020, 9, 30)
COLUMNS = {
    "business_name": ("Nama Usaha", "DATA USAHA", "Nama"),
    "owner_name": ("Nama Pemilik", "DATA PEMILIK", "Nama"),
    "nik": ("NIK", "DATA PEMILIK", "NIK"),
    "village": ("Desa", "ALAMAT", "Desa/Kelurahan"),
    "district": ("Kecamatan", "ALAMAT", "Kecamatan"),
    "workers_male": ("Tenaga Kerja L", "TENAGA KERJA", "L"),
    "workers_female": ("Tenaga Kerja P", "TENAGA KERJA", "P"),
    "investment": ("Nilai Investasi (Rp)", None, "Nilai Investasi (Rp)"),
    "product": ("Jenis Produk", None, "Jenis Produk"),
    "year_established": ("Tahun Berdiri", None, "Tahun Berdiri"),
}
BUSINESSES = (
    "UD Maju", "Sumber Rejeki", "Total Teknik", "Pembina Karya", "Petugas Bakti", "Roti Ibu",
    "CV Kepala Dua", "Jumlah Berkah", "Terima Kasih Ibu", "Catatan Ibu", "Batik Ayu", "Keripik 99",
)  # fmt: skip
OWNERS = ("Asep Sunandar", "Siti Aminah", "Total Hendra", "Budi Santoso", "Dewi Lestari", "Karso")
PRODUCTS = ("Roti", "Kursi rotan", "Batik", "Keripik", "Tahu dan tempe")
VILLAGES = ("Sukamaju", "Sukamundur", "Kota Baru", "Tanjung")
TOTALS = ("JUMLAH", None, "5 IKM", "Se-Kecamatan", "TTL")  # A numbered list need not say it.
LEAST_OF_A_PIVOT = 6
DIALECTS = (("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", "\t"), ("utf-16", "|"))
Firm = dict[str, str | int]
Line = list[str | int | None]


@dataclass
class Drawn:
    """A sheet on its way through the changes: its rows, and what is merged in it."""

    rows: list[Line]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    truth: list[Firm] = field(default_factory=list)


@st.composite
def firms(draw: st.DrawFn) -> list[Firm]:
    """Draw a list of invented firms that are all different."""
    count = draw(st.integers(3, 12))
    found: list[Firm] = []
    for number in range(count):
        found.append(
            {
                "business_name": f"{draw(st.sampled_from(BUSINESSES))} {number + 1}",
                "owner_name": f"{draw(st.sampled_from(OWNERS))} {'ABCDEFGHIJKLM'[number]}",
                "nik": f"32041201018500{number + 11}",
                "village": draw(st.sampled_from(VILLAGES)),
                "district": ("Cibadak", "Cisaat", "Nagrak")[number * 3 // count],
                "workers_male": draw(st.integers(0, 9)),
                "workers_female": draw(st.integers(0, 9)),
                "investment": draw(st.integers(1, 500)) * 1_000_000,
                "product": draw(st.sampled_from(PRODUCTS)),
                "year_established": 1985 + number * 3,
            }
        )
    return found


@st.composite
def names(draw: st.DrawFn) -> list[str]:
    """Draw which columns the list has: neighbours of one group stay beside each other."""
    rest = [name for name in COLUMNS if name not in ("business_name", "owner_name")]
    left_out = draw(st.sets(st.sampled_from(rest), max_size=4))
    groups: dict[str, list[str]] = {}
    for name in COLUMNS:
        if name not in left_out:
            groups.setdefault(COLUMNS[name][1] or name, []).append(name)
    order = draw(st.permutations(list(groups)))
    return [name for group in order for name in groups[group]]


@st.composite
def sheets(draw: st.DrawFn) -> tuple[Drawn, bool]:
    """Draw a list and put it through a combination of changes; also say whether it is merged."""
    listed, columns = draw(firms()), draw(names())
    merges = draw(st.booleans())
    numbered = draw(st.booleans())
    heading = _heading(columns, draw(st.sampled_from(["one", "groups", "tall"])), numbered)
    drawn = Drawn(list(heading.rows), list(heading.merged))
    if draw(st.booleans()):
        drawn.rows.append([f"({i + 1})" for i in range(len(columns) + numbered)])
    _body(draw, drawn, listed, columns, numbered)
    if draw(st.booleans()):
        _signature(drawn, len(columns))
    if draw(st.booleans()):
        _recap_below(drawn, listed)
    if len(heading.rows) == 1 and draw(st.booleans()):
        _blank_column(drawn, draw(st.integers(1, len(columns))))
    above = draw(st.sampled_from(["none", "title", "letterhead"]))
    return _moved(drawn, _titles(above), draw(st.integers(0, 2))), merges


def _blank_column(drawn: Drawn, at: int) -> None:
    """Leave a narrow column blank in the middle, as a clerk does to set parts of a list apart."""
    drawn.rows = [[*row[:at], None, *row[at:]] if len(row) > at else row for row in drawn.rows]


def _heading(columns: list[str], kind: str, numbered: bool) -> Drawn:
    first: Line = ["No"] if numbered else []
    if kind == "one":
        return Drawn([[*first, *(COLUMNS[name][0] for name in columns)]])
    if kind == "tall":
        row: Line = [*first, *(COLUMNS[name][0] for name in columns)]
        return Drawn([row, [None] * len(row)], [(0, i, 1, i) for i in range(len(row))])
    top: Line = list(first)
    below: Line = [None] * len(first)
    merged = [(0, 0, 1, 0)] if numbered else []
    for name in columns:
        _, group, own = COLUMNS[name]
        is_next = bool(below) and group is not None and group in top and below[-1] is not None
        at = len(top)
        top.append(None if is_next else (group or own))
        below.append(own if group else None)
        if not group:
            merged.append((0, at, 1, at))
    return Drawn([top, below], merged + _wide(top, below))


def _wide(top: Line, below: Line) -> list[tuple[int, int, int, int]]:
    found = []
    for start, text in enumerate(top):
        end = start
        while end + 1 < len(top) and top[end + 1] is None and below[end + 1] is not None:
            end += 1
        if text is not None and end > start:
            found.append((0, start, 0, end))
    return found


def _body(
    draw: st.DrawFn, drawn: Drawn, listed: list[Firm], columns: list[str], numbered: bool
) -> None:
    sections = draw(st.booleans()) and "district" in columns
    section = draw(st.sampled_from(["KECAMATAN {}", "Kecamatan : {}", "III. KEC. {}"]))
    # Each place once, in the first row of its group, in a list long enough to show it.
    pivot = not sections and len(listed) >= LEAST_OF_A_PIVOT and draw(st.booleans())
    subtotals = draw(st.booleans()) and "investment" in columns
    blanks = draw(st.booleans())
    repeated = draw(st.booleans())
    heading = drawn.rows[0]
    for number, firm in enumerate(listed):
        new = number == 0 or firm["district"] != listed[number - 1]["district"]
        if sections and new:
            drawn.rows.append([section.format(str(firm["district"]).upper())])
        line: Line = [number + 1] if numbered else []
        shown = {**firm, "district": None} if pivot and not new else firm
        drawn.rows.append([*line, *(shown[name] for name in columns)])
        drawn.truth.append({name: firm[name] for name in columns})
        last = number + 1 == len(listed) or firm["district"] != listed[number + 1]["district"]
        if subtotals and last:
            same = [one for one in listed[: number + 1] if one["district"] == firm["district"]]
            word = draw(st.sampled_from(TOTALS)) if numbered else "JUMLAH"
            drawn.rows.append(_total(same, columns, numbered, word))
        if blanks and number % 3 == 1:
            drawn.rows.append([])
        if repeated and number == len(listed) // 2 and len(heading) > 2 and None not in heading:
            drawn.rows.append(list(heading))


def _total(same: list[Firm], columns: list[str], numbered: bool, word: str | None) -> Line:
    line: Line = [None] * (numbered + len(columns))
    if word and word != "JUMLAH" and "business_name" in columns:
        line[columns.index("business_name") + numbered] = word
    else:
        line[0] = word
    at = columns.index("investment") + numbered
    if at:
        line[at] = sum(int(one["investment"]) for one in same)
        return line
    return []


def _signature(drawn: Drawn, width: int) -> None:
    at = max(1, width - 1)
    lines = (
        "Sukabumi, 12 Juni 2020",
        "Kepala Dinas Perindustrian",
        "Kabupaten Sukabumi",
        None,
        "Drs. H. Ahmad Fauzi, M.Si",
        "Pembina Utama Muda",
        "NIP. 19650101 199003 1 012",
    )
    drawn.rows.append([])
    for line in lines:
        drawn.rows.append([*[None] * at, line] if line else [])


def _recap_below(drawn: Drawn, listed: list[Firm]) -> None:
    drawn.rows += [[], ["REKAPITULASI"], ["No", "Kecamatan", "Jumlah IKM"]]
    for number, district in enumerate(dict.fromkeys(str(one["district"]) for one in listed)):
        count = sum(one["district"] == district for one in listed)
        drawn.rows.append([number + 1, district, count])


def _titles(kind: str) -> list[Line]:
    if kind == "none":
        return []
    title: list[Line] = [["DAFTAR INDUSTRI KECIL DAN MENENGAH"], ["TAHUN 2020"], []]
    if kind == "title":
        return title
    return [["DINAS PERINDUSTRIAN"], ["Jl. Pelabuhan No. 5 Telp. (0266) 221622"], [], *title]


def _moved(drawn: Drawn, above: list[Line], left: int) -> Drawn:
    rows = [*above, *([*[None] * left, *row] if row else [] for row in drawn.rows)]
    down = len(above)
    merged = [(a + down, b + left, c + down, d + left) for a, b, c, d in drawn.merged]
    return Drawn(rows, merged, drawn.truth)


def write(drawn: Drawn, merges: bool, form: str, folder: Path) -> Path:
    if form != "xlsx":
        encoding, delimiter = DIALECTS[int(form)]
        path = folder / "list.csv"
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(drawn.rows)
        return path
    path = folder / "list.xlsx"
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        sheet = book.add_worksheet("Data")
        if merges:
            for first_row, first, last_row, last in drawn.merged:
                sheet.merge_range(first_row, first, last_row, last, None)
        for row, line in enumerate(drawn.rows):
            for column, cell in enumerate(line):
                if cell is not None:
                    sheet.write(row, column, cell)
    return path


@settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(drawn=sheets(), form=st.sampled_from(["xlsx", "0", "1", "2", "3"]))
def test_any_combination_of_changes_reads_to_the_same_rows(
    tmp_path: Path, drawn: tuple[Drawn, bool], form: str
) -> None:
    sheet, merges = drawn
    taken = read(write(sheet, merges, form, tmp_path), kind="firms", on=ON)
    wanted = list(sheet.truth[0])
    assert set(wanted) <= set(taken.rows.columns)
    assert _plain(taken.rows.select(wanted).rows(named=True)) == _plain(sheet.truth)


def _plain(rows: list[dict[str, object]] | list[Firm]) -> list[dict[str, str]]:
    """Compare values as text; a section row says `KECAMATAN CISAAT`."""
    return [
        {name: str(value) if name != "district" else _place(value) for name, value in one.items()}
        for one in rows
    ]


def _place(value: object) -> str:
    return str(value).upper().removeprefix("KECAMATAN ").removeprefix("KEC. ")


@st.composite
def directories(draw: st.DrawFn) -> Drawn:
    """Draw a list with two rows a firm, each under headings of its own."""
    listed, columns = draw(firms()), draw(names())
    upper, lower = columns[: (len(columns) + 1) // 2], columns[(len(columns) + 1) // 2 :]
    drawn = Drawn([["No", *(COLUMNS[name][0] for name in upper)]])
    drawn.rows.append([None, *(COLUMNS[name][0] for name in lower)])
    blanks = draw(st.booleans())
    for number, firm in enumerate(listed, 1):
        drawn.rows.append([number, *(firm[name] for name in upper)])
        drawn.rows.append([None, *(firm[name] for name in lower)])
        drawn.rows += [[]] if blanks else []
        drawn.truth.append({name: firm[name] for name in columns})
    if draw(st.booleans()):
        _signature(drawn, len(upper))
    above = draw(st.sampled_from(["none", "title", "letterhead"]))
    return _moved(drawn, _titles(above), draw(st.integers(0, 2)))


@settings(
    max_examples=examples(30),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(sheet=directories(), form=st.sampled_from(["xlsx", "0", "1"]))
def test_any_directory_of_two_rows_a_firm_reads_to_the_same_rows(
    tmp_path: Path, sheet: Drawn, form: str
) -> None:
    taken = read(write(sheet, False, form, tmp_path), kind="firms", on=ON)
    wanted = list(sheet.truth[0])
    assert set(wanted) <= set(taken.rows.columns)
    assert _plain(taken.rows.select(wanted).rows(named=True)) == _plain(sheet.truth)
