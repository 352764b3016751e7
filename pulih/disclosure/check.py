"""What must hold between cells: one tree of areas, and totals that are their sums."""

from collections.abc import Iterator, Mapping, Sequence

from pulih.casefiles import faults as between_rows
from pulih.common.errors import Fault, Message
from pulih.disclosure.case import WHOLE, Case, Cell, Key
from pulih.disclosure.structure import Row, Spot, Structure, structure_of

NO_MARKER = Message(
    "Sel kosong tanpa tanda [c]; rilis ini tidak dapat dibaca.",
    "A blank cell without the marker [c]; this release cannot be read.",
)
NOT_HIDDEN = Message(
    "Sel ini bertanda [c] tetapi berisi angka; rilis ini tidak dapat dibaca.",
    "This cell is marked [c] and yet holds a number; this release cannot be read.",
)
TWO_PARENTS = Message(
    "Wilayah ini punya induk lain di baris sebelumnya.",
    "This area has another parent in an earlier row.",
)
UNKNOWN_PARENT = Message(
    "Induk ini tidak ada sebagai wilayah di tabel.", "This parent is no area of the table."
)
TWO_ROOTS = Message(
    "Sudah ada wilayah lain tanpa induk; hanya negara yang tanpa induk.",
    "Another area has no parent already; only the country has none.",
)
A_CIRCLE = Message("Wilayah ini berada di bawah dirinya sendiri.", "This area lies below itself.")
NO_WHOLE = Message(
    "Keseluruhan wilayah ini (dimension all) tidak ada; tambahkan barisnya.",
    "The whole of this area (dimension all) is missing; add its row.",
)

SECOND_ABOVE = Message(
    "second melebihi largest; tukar keduanya.", "second is above largest; swap the two."
)
MORE_THAN_ALL = Message(
    "largest ditambah second melebihi value; periksa ketiganya.",
    "largest and second together are above value; check all three.",
)
NOBODY = Message(
    "Tanpa kontributor, value, largest dan second harus 0.",
    "Without contributors value, largest and second must be 0.",
)
ONLY_ONE = Message(
    "Dengan satu kontributor, largest harus sama dengan value dan second 0.",
    "With one contributor largest must be value, and second 0.",
)
ONLY_TWO = Message(
    "Dengan dua kontributor, largest ditambah second harus sama dengan value.",
    "With two contributors largest and second together must be value.",
)


def parents_of(table: str, rows: between_rows.Rows) -> tuple[dict[str, str], list[Fault]]:
    """The parent of each area, and what keeps the areas from being one tree."""
    parents: dict[str, str] = {}
    first: dict[str, int] = {}
    faults: list[Fault] = []
    for place, record in rows:
        if not {"area", "parent"} <= record.keys():
            continue
        area, parent = record["area"], record["parent"]
        if parents.setdefault(area, parent) != parent:
            faults.append(Fault(table, place, "parent", parent or None, TWO_PARENTS))
        first.setdefault(area, place)
    roots = [area for area, parent in parents.items() if not parent]
    for area, parent in parents.items():
        if parent and parent not in parents:
            faults.append(Fault(table, first[area], "parent", parent, UNKNOWN_PARENT))
        elif area in roots[1:]:
            faults.append(Fault(table, first[area], "parent", None, TWO_ROOTS))
        elif parent != area and _circles(area, parents):
            faults.append(Fault(table, first[area], "parent", parent, A_CIRCLE))
    return parents, faults


def _circles(area: str, parents: Mapping[str, str]) -> bool:
    seen = set()
    above = area
    while above and above not in seen:
        seen.add(above)
        above = parents.get(above, "")
    return above == area


def additions(case: Case, row_of: Mapping[Key, int]) -> list[Fault]:
    """Totals that are not their sums, answers above the whole, sums against their contributors."""
    faults: list[Fault] = []
    by_key = {cell.key: cell for cell in case.cells}
    for (measure, period), cells in groups(case.cells).items():
        spots = [Spot(*cell.key[2:]) for cell in cells]
        structure = structure_of(spots, case.parents, case.rules[measure])
        values = [cell.value for cell in cells]
        for spot, message in _wrong(structure, values, case.digits[measure]):
            key = Key(measure, period, *spot)
            value = _plain(by_key[key].value, case.digits[measure])
            faults.append(Fault("cells", row_of[key], "value", value, message))
        wholes = {spot.area for spot in spots if spot.dimension == WHOLE}
        for spot in spots:
            if spot.area not in wholes:
                row = row_of[Key(measure, period, *spot)]
                faults.append(Fault("cells", row, "area", spot.area, NO_WHOLE))
    return faults + contributions(case, row_of) + _earlier_additions(case)


def _earlier_additions(case: Case) -> list[Fault]:
    """Rows of earlier releases that are shown in full and do not add up."""
    faults = []
    for release in case.earlier:
        for (measure, period), keys in groups_of_keys(sorted(release.shown)).items():
            spots = [Spot(*key[2:]) for key in keys]
            structure = structure_of(spots, release.parents, case.rules[measure])
            values = [release.shown[key] for key in keys]
            for spot, message in _wrong(structure, values, case.digits[measure]):
                table = f"{release.name}/protected"
                named = " / ".join(each for each in (measure, period, *spot) if each)
                faults.append(Fault(table, None, "value", named, message))
    return faults


def contributions(case: Case, row_of: Mapping[Key, int]) -> list[Fault]:
    """Sums whose contributors contradict their value."""
    faults = []
    for cell in case.cells:
        if (found := _wrong_contributions(cell)) is not None:
            column, message = found
            amount = getattr(cell, column)
            digits = 0 if column == "contributors" else case.digits[cell.key.measure]
            value = _plain(amount, digits)
            faults.append(Fault("cells", row_of[cell.key], column, value, message))
    return faults


def _wrong_contributions(cell: Cell) -> tuple[str, Message] | None:
    number, value = cell.contributors, cell.value
    first, second = cell.largest, cell.second
    if number is None or first is None or second is None:
        return None
    checks = (
        (number == 0 and any((value, first, second)), "contributors", NOBODY),
        (number == 1 and (first, second) != (value, 0), "largest", ONLY_ONE),
        (second > first, "second", SECOND_ABOVE),
        (first + second > value, "largest", MORE_THAN_ALL),
        (number == 2 and first + second != value, "largest", ONLY_TWO),
    )
    return next(((column, message) for is_wrong, column, message in checks if is_wrong), None)


def groups(cells: Sequence[Cell]) -> Mapping[tuple[str, str], list[Cell]]:
    """Cells by measure and period, in their order."""
    found: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        found.setdefault((cell.key.measure, cell.key.period), []).append(cell)
    return found


def groups_of_keys(keys: Sequence[Key]) -> Mapping[tuple[str, str], list[Key]]:
    found: dict[tuple[str, str], list[Key]] = {}
    for key in keys:
        found.setdefault((key.measure, key.period), []).append(key)
    return found


def _wrong(
    structure: Structure, values: Sequence[int | None], digits: int
) -> Iterator[tuple[Spot, Message]]:
    for row in structure.rows:
        if row.adds_up:
            total, parts = values[row.total], [values[part] for part in row.parts]
            known = [value for value in parts if value is not None]
            if total is None or not _contradicts(total, known, len(parts)):
                continue
            yield structure.spots[row.total], _no_sum(structure, row, sum(known), digits)
    for answer, whole in structure.answers:
        above, below = values[answer], values[whole]
        if above is not None and below is not None and above > below:
            yield structure.spots[answer], _above(_plain(below, digits))


def _contradicts(total: int, known: Sequence[int], parts: int) -> bool:
    return sum(known) != total if len(known) == parts else sum(known) > total


def _no_sum(structure: Structure, row: Row, found: int, digits: int) -> Message:
    part, amount = structure.spots[row.parts[0]], _plain(found, digits)
    if part.area != structure.spots[row.total].area:
        return Message(
            f"Angka ini bukan jumlah wilayah di bawahnya ({amount}).",
            f"This number is not the sum of the areas below it ({amount}).",
        )
    return Message(
        f"Angka ini bukan jumlah kategori {part.dimension} ({amount}).",
        f"This number is not the sum of the categories of {part.dimension} ({amount}).",
    )


def _above(whole: str) -> Message:
    return Message(
        f"Jawaban ini melebihi keseluruhan wilayahnya ({whole}).",
        f"This answer is above the whole of its area ({whole}).",
    )


def _plain(value: int, digits: int) -> str:
    if not digits:
        return str(value)
    text = str(value).rjust(digits + 1, "0")
    return f"{text[:-digits]}.{text[-digits:]}".rstrip("0").rstrip(".")
