"""Which rows below the headings are data: blanks, totals, signatures and numbering are not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from pulih.intake import not_data, numbered_notes, quick
from pulih.intake.headings import normal
from pulih.intake.layout import Table
from pulih.intake.not_data import Cells

RUNNING = {"nomor", "no", "nomor urut", "no urut", "urut", "nomer", "number"}
RUNNING_NUMBER = r"^\d{1,6}(?:\.0)?[.)]?$"
LETTERED = re.compile(r"(?i)^(?:[ivxlc]+|[a-z])[.)]?$")
NUMBER_OR_LETTER = r"(?i)^(?:\d{1,3}(?:\.0)?|[ivxlc]+|[a-z])[.)]?$"
LEAST_OF_A_FIRM = 4  # Cells, before rows of two are told to head parts of the list.
FOOTER_ROWS = 25
LOOKED_BACK = 200


@dataclass
class Body:
    """What was found below the headings; positions count the rows of the body from 0.

    kept: positions of the data rows. totals: positions of total rows.
    sections: level and text of a place that stands alone in a row, and holds for what follows.
    doubted: positions of the rows left out that might be data after all.
    """

    kept: pl.Series
    totals: list[int] = field(default_factory=list)
    sections: list[tuple[int, str, str]] = field(default_factory=list)
    doubted: list[int] = field(default_factory=list)


def data_rows(
    body: pl.DataFrame,
    table: Table,
    keys: Sequence[int],
    amounts: Sequence[int] = (),
    texts: Sequence[int] = (),
) -> Body:
    """Tell the data rows from the others. Only rows that look odd by their keys are looked at.

    keys: positions of the columns of which a data row has at least one. amounts: positions of
    columns that a footer never fills, as a ceiling. texts: positions of other columns that may
    say `Jumlah`, where an amount alone makes a row.
    """
    if body.is_empty():
        return Body(pl.Series([], dtype=pl.UInt32))
    return _Sorting(body, table, keys, amounts, texts).done()


class _Sorting:
    """The rows of one body on their way to being distinguished."""

    def __init__(
        self,
        body: pl.DataFrame,
        table: Table,
        keys: Sequence[int],
        amounts: Sequence[int],
        texts: Sequence[int],
    ) -> None:
        self.body, self.table, self.keys, self.amounts = body, table, keys, amounts
        names = body.columns
        self.filled = quick.in_rows(body)
        odd = body.select(_is_odd([names[key] for key in keys], names, table)).to_series()
        self.odd = odd & (self.filled > 0)
        self.has_key = self._has_key()
        self.running = running_numbers(table)
        self.number_column = 0
        self.numbered = self._numbered()
        self.parts = self._numbered_parts()
        self.typical = self._typical()
        self.sparse = max(1, min(3, self.typical // 2))
        self.odd |= self._lettered()
        self.odd |= self._unnumbered()
        self.odd |= self.parts
        self.odd |= self._example()
        self.odd |= self._total(texts)
        self.notes = numbered_notes.below(
            self.body, self.numbered, self.number_column, self.typical
        )
        self.last_full = self._last_full()
        self.found = Body(pl.Series([], dtype=pl.UInt32))
        self.dropped = set[int]()

    def done(self) -> Body:
        for position in quick.where(self.odd):
            if position not in self.dropped:
                self._look_at(position)
        self._drop_notes()
        self._drop_tail()
        kept = self.filled > 0
        self.found.kept = quick.where(kept.scatter(sorted(self.dropped), False))
        return self.found

    def _numbered(self) -> pl.Series | None:
        """Return which rows have a running number; None if the list does not number its rows."""
        firms = self.has_key & (self.filled > 2) & ~self._total(self.keys)
        for at in sorted(self.running):
            if at < self.body.width:
                numbers = quick.surely(self.body.to_series(at).str.contains(RUNNING_NUMBER))
                if (numbers & firms).sum() * 2 > firms.sum():
                    self.number_column = at
                    return numbers
        return None

    def _numbered_parts(self) -> pl.Series:
        """Return the rows `1 | IKM PANGAN`, where no row with more cells has a number."""
        none = pl.Series([False]).new_from_index(0, self.body.height)
        if self.numbered is not None or not (self.filled >= LEAST_OF_A_FIRM).any():
            return none
        for at in sorted(self.running):
            if at < self.body.width:
                marks = quick.surely(self.body.to_series(at).str.contains(NUMBER_OR_LETTER))
                if marks.any() and (self.filled.filter(marks) == 2).all():
                    return marks
        return none

    def _typical(self) -> int:
        """Return how many cells a data row usually fills; the lines of a signature fill one."""
        keyed = self.has_key & (self.filled > 1)
        plain = keyed & ~self.odd
        if self.numbered is not None:
            plain &= self.numbered
        counts = self.filled.filter(plain if plain.any() else keyed)
        return int(counts.quantile(0.5, "higher") or 1)

    def _lettered(self) -> pl.Series:
        """Return the rows of a numbered list that bear a letter or a Roman numeral instead."""
        if self.numbered is None:
            return pl.Series([False]).new_from_index(0, self.body.height)
        return quick.surely(self.body.to_series(self.number_column).str.contains(LETTERED.pattern))

    def _unnumbered(self) -> pl.Series:
        """Return the rows of a numbered list without a number, with few cells."""
        if self.numbered is None:
            return pl.Series([False]).new_from_index(0, self.body.height)
        few = ~self.numbered & (self.filled > 1) & (self.filled < self.typical)
        alone = ~self.numbered & (self.filled == 1) & (self.typical > 2)
        for key in self.keys:
            sectors = quick.surely(self.body.to_series(key).str.contains(not_data.SECTOR.pattern))
            few |= alone & sectors
        return few

    def _example(self) -> pl.Series:
        """Return the first row where its running number says `contoh`."""
        rows = pl.int_range(self.body.height, eager=True)
        first = self.body.row(0) if self.body.height else ()
        known = any(at < len(first) and not_data.is_example(first, at) for at in self.running)
        return (rows == 0) & known

    def _total(self, texts: Sequence[int]) -> pl.Series:
        """Return the rows where one of the texts, or the running number, begins like a total."""
        none = pl.Series([False]).new_from_index(0, self.body.height)
        looked = {*texts, *(at for at in self.running if at < self.body.width)}
        return quick.any_of([none, *(self._begins_a_total(at) for at in sorted(looked))])

    def _begins_a_total(self, at: int) -> pl.Series:
        return quick.surely(self.body.to_series(at).str.contains(not_data.BEGINS_A_TOTAL))

    def _has_key(self) -> pl.Series:
        if not self.keys:
            return self.filled > 1
        return quick.any_of([quick.is_filled(self.body.to_series(key)) for key in self.keys])

    def _last_full(self) -> int:
        """Return the last row that is surely data: above it nothing is a footer."""
        least = max(min(2, self.typical), -(-self.typical * 3 // 5))
        full = self.has_key & (self.filled >= least) & ~self.odd
        if self.numbered is not None:
            full = (full & (self.filled >= 3)) | (self.has_key & self.numbered)
            full &= pl.int_range(self.body.height, eager=True) < self.notes.start
        positions = quick.where(full)
        return int(positions[-1]) if len(positions) else -1

    def _drop_notes(self) -> None:
        """Leave numbered notes out, and tell those that could be firms."""
        for position in self.notes:
            if position not in self.dropped and self.filled[position]:
                self.dropped.add(position)
                if any(self.body.row(position)[key] for key in self.keys):
                    self.found.doubted.append(position)

    def _is_numbered(self, position: int) -> bool:
        return self.numbered is not None and bool(self.numbered[position])

    def _look_at(self, position: int) -> None:
        """Decide on one row that looks odd."""
        cells = self.body.row(position)
        count = int(self.filled[position])
        numbered = self._is_numbered(position)
        has_key = any(cells[key] for key in self.keys)
        is_total = not_data.is_total(cells, self.keys, numbered and has_key)
        if is_total or self._sums_up(cells, numbered, position):
            self.found.totals.append(position)
            self.dropped.add(position)
        elif not_data.is_numbering(cells):
            self.dropped.add(position)
        elif position == 0 and any(not_data.is_example(cells, at) for at in self.running):
            self.dropped.add(position)
            self.found.doubted.append(position)
        elif self.parts[position]:
            self.dropped.add(position)
            if not not_data.section(
                [cell for i, cell in enumerate(cells) if i not in self.running]
            ):
                self.found.doubted.append(position)
        elif not_data.repeats_headings(cells, self.table.parts):
            self.dropped.update(self._titles_above(position), {position})
        elif not_data.is_unfilled(cells, self.running):
            self.dropped.add(position)
        elif numbered and has_key:
            return
        elif self._is_section(position, cells, count):
            self.dropped.add(position)
        elif position > self.last_full:
            self._look_below(position, cells, count)
        else:
            self._look_inside(position, cells, count, has_key)

    def _sums_up(self, cells: Cells, numbered: bool, position: int) -> bool:
        """Say whether a row of a numbered list sums up without the word: by its name or sums."""
        if self.numbered is None or numbered:
            return False
        if not_data.sums_up_unsaid(cells, self.keys):
            return True
        amounts = [cell for cell in cells if cell]
        return (
            bool(amounts)
            and all(not_data.AMOUNT.match(cell) for cell in amounts)
            and self._is_sum(cells, position)
        )

    def _is_sum(self, cells: Cells, position: int) -> bool:
        """Say whether a row's amounts are those of the rows above it, since the last total."""
        assert self.numbered is not None
        start = max((at for at in self.found.totals if at < position), default=-1) + 1
        length = position - start
        above = self.body.slice(start, length).filter(self.numbered.slice(start, length))
        at = [i for i, cell in enumerate(cells) if cell]
        plain = pl.col("text").str.replace_all(r"[^0-9]", "").cast(pl.Int64, strict=False)
        sums = [above.to_series(i).alias("text").to_frame().select(plain).sum().item() for i in at]
        said = [int(re.sub(r"\D", "", cells[i] or "") or 0) for i in at]
        return any(one and one == other for one, other in zip(sums, said, strict=True))

    def _is_section(self, position: int, cells: Cells, count: int) -> bool:
        """Note a place that stands alone; also what heads a part of a list that numbers its rows.

        Such a part is `II | INDUSTRI SANDANG | … sums`, or a text where the running number stands.
        """
        if count == 1 and self.typical > 2 and (found := not_data.section(cells)):
            if self.numbered is None and any(cells[key] for key in self.keys):
                if found[0] in ("regency", "province") and not not_data.is_place(found[1]):
                    return False
                self.found.doubted.append(position)
            self.found.sections.append((position, *found))
            return True
        if self.numbered is None:
            return self._heads_sums(position, cells)
        texts = [cell for cell in cells if cell is not None]
        if count == 1:
            at = next(i for i, cell in enumerate(cells) if cell is not None)
            if at in self.keys and not_data.SECTOR.match(cells[at] or ""):
                self.found.doubted.append(position)
                return True
            return self.typical > 2 and at <= self.number_column and position <= self.last_full
        mark = cells[self.number_column]
        words = [cell for cell in texts if cell != mark and not not_data.AMOUNT.match(cell)]
        if mark is None or not LETTERED.match(mark) or len(words) != 1:
            return False
        if place := not_data.section(words):
            self.found.sections.append((position, *place))
        return True

    def _heads_sums(self, position: int, cells: Cells) -> bool:
        """Note a place alone with the sums of the rows below it, up to the next such place."""
        at = [i for i, cell in enumerate(cells) if cell and not_data.AMOUNT.match(cell)]
        words = [cell for i, cell in enumerate(cells) if cell and i not in at]
        found = not_data.section(words) if at and len(words) == 1 else None
        if found is None:
            return False
        end = next((at for at in quick.where(self.odd) if at > position), self.body.height)
        below = self.body.slice(position + 1, end - position - 1)
        sums = (not_data.sum_of(below.to_series(i).to_list()) for i in at)
        if not all(one == not_data.sum_of([cells[i]]) for one, i in zip(sums, at, strict=True)):
            return False
        self.found.sections.append((position, *found))
        return True

    def _look_inside(self, position: int, cells: Cells, count: int, has_key: bool) -> None:
        """Between the rows of the list only what can be nothing else is left out, and told."""
        if count > self.sparse or (self.typical == 1 and not not_data.is_note(cells)):
            return
        if not_data.is_note(cells) or (count <= 2 and not_data.is_signed(cells)):
            self.dropped.add(position)
            if has_key:
                self.found.doubted.append(position)

    def _look_below(self, position: int, cells: Cells, count: int) -> None:
        """Below the last full row a signature or a note takes what follows it with it."""
        most = max(self.sparse, 2)
        signed = count <= most and self.typical > 1 and not_data.is_signed(cells)
        if signed or (count <= self.sparse and not_data.is_note(cells)):
            self.dropped.update(self._footer(position))
        elif self.typical == 1 and not_data.is_note(cells):
            self.dropped.add(position)

    def _footer(self, start: int) -> range:
        """Return the rows of a footer: from its first line while rows stay nearly empty."""
        end = start
        limit = min(max(self.sparse, 3), max(self.typical - 1, 1))
        while (
            end + 1 < len(self.filled)
            and self.filled[end + 1] <= limit
            and not self._is_numbered(end + 1)
            and end - start < FOOTER_ROWS
        ):
            end += 1
        return range(start, end + 1)

    def _titles_above(self, position: int) -> set[int]:
        """Return the titles straight above repeated headings: a cell or two, none of them a key."""
        titles: set[int] = set()
        at = position - 1
        while (
            at >= 0
            and self.filled[at] <= 2
            and not any(self.body.row(at)[key] for key in self.keys)
        ):
            titles.add(at)
            at -= 1
        return titles

    def _drop_tail(self) -> None:
        """Drop the nearly empty rows without a key below the last data row: a footer's rest."""
        keys = [*self.keys, *self.amounts]
        for position in reversed(quick.where(self.filled > 0).to_list()):
            is_dropped = position in self.dropped
            if position <= self.last_full or not (is_dropped or self.odd[position]):
                return
            cells = self.body.row(position)
            count = self.filled[position]
            bare = not is_dropped and count <= self.sparse
            tells = any(re.search(r"\d{5,}", cell) for cell in cells if cell)
            tells |= count > 1 and any((cells[i] or "").isdigit() for i in self.running)
            tells |= count > 2 and any(not_data.AMOUNT.match(cell) for cell in cells if cell)
            tells |= self.last_full >= 0 and not_data.goes_on(cells, self.body.row(self.last_full))
            tells |= bare and self._is_like_one_above(cells)
            if bare and not tells and not any(cells[key] for key in keys):
                self.dropped.add(position)

    def _is_like_one_above(self, cells: Cells) -> bool:
        """Say whether a row between the firms, without a key too, fills the very same columns.

        So do the members below a group; what reads like a signature or a note goes on nothing.
        """
        if not_data.is_signed(cells) or not_data.is_note(cells):
            return False
        filled = [cell is not None for cell in cells]
        above = range(max(self.last_full, 0))
        return any(
            not self.has_key[at]
            and at not in self.dropped
            and [cell is not None for cell in self.body.row(at)] == filled
            for at in above[-LOOKED_BACK:]
        )


def _is_odd(keys: list[str], names: list[str], table: Table) -> pl.Expr:
    """Find rows without any key, or whose key reads like a total, a signature or a heading."""
    looked = keys or names
    blank = pl.all_horizontal(pl.col(name).is_null() for name in looked)
    special = pl.any_horizontal(
        pl.col(name).str.contains(not_data.SPECIAL).fill_null(False) for name in looked
    )
    heading_texts = sorted({cell for row in table.parts for cell in row if cell})
    repeated = pl.any_horizontal(
        pl.col(name).is_in(heading_texts).fill_null(False) for name in looked
    )
    lettered = pl.all_horizontal(
        pl.col(name).is_null() | pl.col(name).str.contains(not_data.LETTER_OR_CODE)
        for name in looked
    )
    return blank | special | repeated | lettered


def running_numbers(table: Table) -> set[int]:
    """Return the columns that only number the rows; one without a heading may do so too."""
    return {
        i
        for i, text in enumerate(table.headings)
        if not text or {normal(text), normal(text.split(" / ")[0])} & RUNNING
    }
