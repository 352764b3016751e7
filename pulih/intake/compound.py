"""The stream of an old Excel file (`.xls`) out of the compound file that holds it."""

import struct

FREE = 0xFFFFFFFA  # From here on a number is no sector but a sign: end, free, table.
HEADER, ENTRY = 512, 128
STREAM = 2
NAMES = ("Workbook", "Book")


def workbook_stream(content: bytes) -> bytes | None:
    """Return the records of the workbook; None where the file has none.

    May raise `ValueError` or `struct.error` over a damaged file.
    """
    shift, mini_shift = struct.unpack_from("<HH", content, 30)
    if not (7 <= shift <= 16 and 2 <= mini_shift < shift):
        raise ValueError("the sectors have no usual size")
    sectors = _Sectors(content, 1 << shift)
    (first_directory,) = struct.unpack_from("<I", content, 48)
    cutoff, first_mini = struct.unpack_from("<II", content, 56)
    directory = sectors.chain(first_directory)
    root: tuple[int, int] | None = None
    for at in range(0, len(directory) - ENTRY + 1, ENTRY):
        entry = directory[at : at + ENTRY]
        length = struct.unpack_from("<H", entry, 64)[0]
        name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", entry, 116)
        root = root or (start, size)  # The first entry is the root; it holds the small streams.
        if name not in NAMES or entry[66] != STREAM:
            continue
        if size >= cutoff:
            return sectors.chain(start)[:size]
        small = _Sectors(b"", 1 << mini_shift, sectors.chain(root[0]), sectors.chain(first_mini))
        return small.chain(start)[:size]
    return None


class _Sectors:
    """Sectors of one size, and the table that says which one follows which."""

    def __init__(
        self, file: bytes, size: int, held: bytes | None = None, table: bytes | None = None
    ) -> None:
        self.size = size
        self.held = file[size if size > HEADER else HEADER :] if held is None else held
        self.next = _numbers(self._table(file) if table is None else table)

    def _table(self, file: bytes) -> bytes:
        found = list(struct.unpack_from("<109I", file, 76))
        more, count = struct.unpack_from("<II", file, 68)
        for _ in range(min(count, len(file) // self.size + 1)):
            if more >= FREE:
                break
            *further, more = _numbers(self._sector(more))
            found += further
        return b"".join(self._sector(one) for one in found if one < FREE)

    def _sector(self, number: int) -> bytes:
        return self.held[number * self.size : (number + 1) * self.size]

    def chain(self, first: int) -> bytes:
        """Join the sectors from one on; a chain that bites its tail is refused."""
        parts: list[bytes] = []
        while first < FREE:
            if len(parts) > len(self.next) or first >= len(self.next):
                raise ValueError("a chain of sectors has no end")
            parts.append(self._sector(first))
            first = self.next[first]
        return b"".join(parts)


def _numbers(table: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
