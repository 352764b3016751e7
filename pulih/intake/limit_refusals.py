"""The sentences for files that would take too much memory or time, and for those that did."""

from pulih.common.errors import Message, Refusal
from pulih.intake.ceilings import Ceilings, ceilings_for


def ended(name: str, why: str, ceilings: Ceilings | None) -> Refusal:
    """Say why a reader did not come to its end. why: memory, time or died."""
    allowed = ceilings or ceilings_for(0)
    if why == "memory":
        return too_heavy(name, allowed.memory_bytes)
    return too_slow(name, allowed.seconds) if why == "time" else died(name)


def too_heavy(name: str, bytes_allowed: int) -> Refusal:
    """Say that reading the file takes more memory than a list of its size ever needs."""
    size = f"{bytes_allowed / 1024**3:.1f}"
    return _refusal(
        f"Berkas {name} tidak dibaca: membukanya memerlukan lebih dari {size.replace('.', ',')} GB "
        "memori. Berkas ini rusak, atau berisi sel jauh di luar daftar atau teks yang berulang "
        "sangat banyak. Salin daftarnya saja ke buku kerja baru, simpan sebagai XLSX, lalu kirim "
        "lagi.",
        f"The file {name} was not read: opening it takes more than {size} GB of memory. It is "
        "damaged, or holds cells far away from the list or a text repeated very often. Copy only "
        "the list into a new workbook, save it as XLSX and send that.",
    )


def too_slow(name: str, seconds: float) -> Refusal:
    """Say that reading the file takes longer than a list of its size ever needs."""
    return _refusal(
        f"Berkas {name} tidak selesai dibaca dalam {seconds:.0f} detik, jauh lebih lama daripada "
        "daftar sebesar itu. Salin daftarnya saja ke buku kerja baru atau bagi menjadi beberapa "
        "berkas, lalu kirim lagi.",
        f"The file {name} could not be read within {seconds:.0f} seconds, far longer than a list "
        "of its size takes. Copy only the list into a new workbook, or split it into several "
        "files, and send that.",
    )


def died(name: str) -> Refusal:
    """Say that the file brought its reader down."""
    return _refusal(
        f"Berkas {name} rusak: pembacanya terhenti di tengah jalan, jadi berkas ini disisihkan dan "
        "tidak dicoba lagi. Buka di program lembar kerja, simpan sebagai XLSX, lalu kirim lagi.",
        f"The file {name} is damaged: it brought its reader to a stop, so it was set aside and is "
        "not tried again. Open it in a spreadsheet program, save it as XLSX and send that.",
    )


INTERRUPTED = Message(
    "Pembacaan berkas ini dihentikan dari luar: memori atau penyimpanan mesin tidak cukup. Tidak "
    "ada yang disimpan. Kirim lagi sebentar lagi; bila terulang, hubungi administrator.",
    "The reading of this file was ended from outside: the machine is short of memory or disk. "
    "Nothing was saved. Send it again in a moment; if it happens again, tell the administrator.",
)


def far_cell(name: str, sheet: str, cell: str) -> Refusal:
    """Say which cell lies far away from the list, so that the sheet between is nearly empty."""
    return _refusal(
        f'Berkas {name}, lembar "{sheet}": ada isi di sel {cell}, jauh di luar daftar. Hapus baris '
        "dan kolom di luar daftar (pilih seluruhnya, lalu Hapus), simpan, lalu kirim lagi.",
        f'The file {name}, sheet "{sheet}": cell {cell} holds something far away from the list. '
        "Delete the rows and columns outside the list (select them whole, then Delete), save, and "
        "send it again.",
    )


def too_much_text(name: str, sheet: str, bytes_allowed: int) -> Refusal:
    """Say that the cells of a sheet hold more text than any list."""
    size = f"{bytes_allowed // 1024**2:,}"
    return _refusal(
        f'Berkas {name}, lembar "{sheet}": teks di dalam selnya melebihi {size.replace(",", ".")} '
        "MB karena teks yang sangat panjang berulang. Hapus teks panjang itu, lalu kirim lagi.",
        f'The file {name}, sheet "{sheet}": the text in its cells is over {size} MB because a very '
        "long text is repeated. Delete that text and send it again.",
    )


def long_line(name: str, row: int) -> Refusal:
    """Say which line of a text file goes on and on, as no row of a list does."""
    dotted = f"{row:,}".replace(",", ".")
    return _refusal(
        f"Berkas {name}: baris {dotted} lebih panjang daripada baris daftar mana pun. Hapus baris "
        "itu, atau simpan ulang daftarnya sebagai XLSX, lalu kirim lagi.",
        f"The file {name}: line {row:,} is longer than any row of a list. Delete it, or save the "
        "list as XLSX, and send it again.",
    )


def _refusal(indonesian: str, english: str) -> Refusal:
    return Refusal(Message(indonesian, english))
