"""The sentences with which a whole file is refused: what is wrong, and what to do."""

from pulih.common.errors import Message, Refusal


def missing(name: str) -> Refusal:
    """Say that there is no such file."""
    return _refusal(
        f"Berkas {name} tidak ada atau tidak dapat dibuka. Periksa nama dan tempatnya.",
        f"The file {name} does not exist or cannot be opened. Check its name and place.",
    )


def empty(name: str) -> Refusal:
    """Say that the file holds nothing."""
    return _refusal(
        f"Berkas {name} kosong. Kirim berkas yang berisi daftar.",
        f"The file {name} is empty. Send a file that holds a list.",
    )


def too_large(name: str, bytes_allowed: int) -> Refusal:
    """Say that the file, or what it unpacks to, is too large."""
    size = f"{bytes_allowed // 1024**2:,}".replace(",", ".")
    return _refusal(
        f"Berkas {name} melebihi batas {size} MB. Bagi menjadi beberapa berkas, lalu kirim lagi.",
        f"The file {name} is over the limit of {size.replace('.', ',')} MB. "
        "Split it into several files and send them again.",
    )


def bomb(name: str, times: int) -> Refusal:
    """Say that the file unpacks to suspiciously much."""
    return _refusal(
        f"Berkas {name} membesar lebih dari {times} kali saat dibuka, jadi tidak dibaca. "
        "Salin datanya ke lembar kerja baru, lalu kirim lagi.",
        f"The file {name} grows more than {times} times when unpacked and was not read. "
        "Copy its data into a new workbook and send that.",
    )


def too_many(name: str, what: tuple[str, str], allowed: int) -> Refusal:
    """Say that the file has too many rows, columns or sheets; `what` in both languages."""
    return _refusal(
        f"Berkas {name} berisi lebih dari {allowed:,} {what[0]}. Bagi, lalu kirim lagi.".replace(
            ",", ".", 1 if allowed < 10**6 else 2
        ),
        f"The file {name} holds more than {allowed:,} {what[1]}. Split it and send the parts.",
    )


def not_a_sheet(name: str, looks_like: tuple[str, str]) -> Refusal:
    """Say that the content is something else than a table; `looks_like` in both languages."""
    return _refusal(
        f"Berkas {name} bukan lembar kerja melainkan {looks_like[0]}. "
        "Kirim berkas XLSX, XLS, ODS, atau CSV yang asli.",
        f"The file {name} is not a spreadsheet but {looks_like[1]}. "
        "Send the original XLSX, XLS, ODS or CSV file.",
    )


def locked(name: str) -> Refusal:
    """Say that the file is protected by a password."""
    return _refusal(
        f"Berkas {name} dilindungi kata sandi. Simpan tanpa kata sandi, lalu kirim lagi.",
        f"The file {name} is protected by a password. Save it without one and send it again.",
    )


def broken(name: str) -> Refusal:
    """Say that the file is damaged."""
    return _refusal(
        f"Berkas {name} rusak dan tidak dapat dibaca. "
        "Buka di program lembar kerja, simpan sebagai XLSX, lalu kirim lagi.",
        f"The file {name} is damaged and cannot be read. "
        "Open it in a spreadsheet program, save it as XLSX and send it again.",
    )


def nothing_recognised(name: str, examples: tuple[str, ...]) -> Refusal:
    """Say that no row of headings was found; name headings that would have been."""
    listed = ", ".join(f'"{example}"' for example in examples)
    return _refusal(
        f"Berkas {name}: tidak ada baris judul kolom yang dikenali. "
        f"Beri judul pada kolom, misalnya {listed}, lalu kirim lagi.",
        f"The file {name}: no row of column headings was recognised. "
        f"Give the columns headings such as {listed} and send it again.",
    )


# What the choices of the page where files are delivered call each kind.
KINDS = {
    "firms": ("daftar IKM", "a list of enterprises", "Daftar IKM", "List of enterprises"),
    "impact": ("laporan dampak IKM", "an impact report", "Laporan dampak IKM", "Impact report"),
    "budget": ("daftar anggaran (POK)", "a budget list (POK)", "Baris anggaran (POK)",
               "Budget lines (POK)"),
    "treasury": ("daftar perbendaharaan (SP2D, realisasi, kontrak atau UP/TUP)",
                 "a treasury list (SP2D, realisation, contracts or UP/TUP)",
                 "Daftar perbendaharaan (SP2D, realisasi, kontrak, UP/TUP)",
                 "Treasury list (SP2D, realisation, contracts, UP/TUP)"),
    "needs": ("daftar kebutuhan pemesan", "a list of needs of buyers", "Kebutuhan pemesan",
              "Needs of buyers"),
    "proposed": ("daftar usulan terdahulu", "a list of earlier proposals",
                 "Usulan terdahulu dengan baris RAB-nya",
                 "Earlier proposals with their cost rows"),
    "makers": ("daftar kapasitas, sertifikat atau anggota sentra",
               "a list of capacities, certificates or members of clusters",
               "Kapasitas, sertifikat atau anggota sentra",
               "Capacities, certificates or members of clusters"),
}  # fmt: skip


def other_kind(name: str, asked: str, looks_like: str) -> Refusal:
    """Say that a file holds another kind of list than it was delivered as, and where it belongs."""
    ours, theirs = KINDS[asked], KINDS[looks_like]
    return _refusal(
        f"Berkas {name} dikirim sebagai {ours[0]}, tetapi isinya tampaknya {theirs[0]}. Kirim lagi "
        f'dengan pilihan isi "{theirs[2]}", atau kirim berkas yang benar.',
        f"The file {name} was delivered as {ours[1]} but seems to hold {theirs[1]}. Deliver "
        f'it again with the content "{theirs[3]}", or send the right file.',
    )


def cost_list(name: str) -> Refusal:
    """Say that a file is a list of costs (RAB) whose rows name neither account nor proposal."""
    return _refusal(
        f"Berkas {name} tampaknya rencana anggaran biaya (RAB) tanpa kode akun maupun nomor "
        'usulan. Tambahkan kolom "Akun" dan "Pagu" lalu kirim sebagai "Baris anggaran (POK)", '
        'atau tambahkan kolom "Nomor Usulan" lalu kirim sebagai "Usulan terdahulu dengan baris '
        'RAB-nya".',
        f"The file {name} seems to be a list of costs (RAB) without account codes or the number "
        'of a proposal. Add the columns "Akun" and "Pagu" and deliver it as "Budget lines (POK)", '
        'or add the column "Nomor Usulan" and deliver it as "Earlier proposals with their cost '
        'rows".',
    )


def lacks_columns(name: str, kind: str, missing: tuple[tuple[str, str], ...]) -> Refusal:
    """Say that a list lacks columns without which none of its rows can be used.

    missing: what each holds, in both languages.
    """
    ours = KINDS[kind]
    columns = [", ".join(f'"{one[language]}"' for one in missing) for language in (0, 1)]
    aside = ("", "")
    if kind == "needs" and len(missing) > 1:  # Perhaps `Masker | Hazmat` with numbers below.
        aside = (
            " Bila tiap barang menjadi satu kolom, tulis satu barang per baris.",
            " If each kind of goods is a column, write one kind of goods a row.",
        )
    return _refusal(
        f"Berkas {name} tampaknya {ours[0]}, tetapi tidak ada kolom {columns[0]}. Tambahkan, isi "
        f"di setiap baris, lalu kirim lagi.{aside[0]}",
        f"The file {name} seems to be {ours[1]} but has no column {columns[1]}. Add what is "
        f"missing, fill in every row and send the file again.{aside[1]}",
    )


def lies_on_its_side(sheet: str) -> Refusal:
    """Say that a sheet has a firm a column, and how to turn it."""
    return _refusal(
        f'Lembar "{sheet}" terbalik: tiap usaha menjadi satu kolom. Salin tabelnya, tempel khusus '
        'dengan pilihan "Transpose" sehingga tiap usaha menjadi satu baris, lalu kirim lagi.',
        f'The sheet "{sheet}" lies on its side: each firm is a column. Copy the table, paste it '
        'special with "Transpose" so that each firm is a row, and send it again.',
    )


def no_amounts(name: str, columns: tuple[str, ...]) -> Refusal:
    """Say once that a list of money holds no amounts; name the columns that would hold them."""
    listed = ", ".join(f'"{column}"' for column in columns)
    return _refusal(
        f"Berkas {name} memuat daftar uang tanpa nilai rupiah, jadi tidak ada barisnya yang dapat "
        f"dipakai. Tambahkan atau isi kolom {listed}, lalu kirim lagi.",
        f"The file {name} holds a list of money without amounts, so none of its rows can be used. "
        f"Add or fill in the column {listed} and send it again.",
    )


def codes_in_texts(name: str, cell: str) -> Refusal:
    """Say that a budget list has its codes within its descriptions, and in no column of theirs."""
    return _refusal(
        f'Berkas {name} menulis kode akun di dalam uraian ("{cell}"). Pindahkan kodenya ke kolom '
        'tersendiri berjudul "Kode", di samping "Uraian" dan "Pagu", lalu kirim lagi.',
        f'The file {name} writes account codes within its descriptions ("{cell}"). Move them to a '
        'column of their own headed "Kode", beside "Uraian" and "Pagu", and send it again.',
    )


def of_other_year(name: str, heading: str) -> Refusal:
    """Say that a list's amounts are all of another year than the one its titles name."""
    return _refusal(
        f'Berkas {name}: judul kolom "{heading}" menyebut tahun lain daripada daftarnya, jadi '
        "nilainya tidak dipakai. Samakan tahun di judul lembar dan judul kolom, lalu kirim lagi.",
        f'The file {name}: the heading "{heading}" names another year than that of its list, so '
        "its amounts were not used. Make the years of titles and headings agree and send it again.",
    )


def regional_scheme(name: str, code: str) -> Refusal:
    """Say that a list follows the accounts of regional budgets, which are not the state's."""
    return _refusal(
        f'Berkas {name} memakai kode rekening daerah ("{code}"): RAK, LRA, atau DPA dari APBD. '
        "Pulih membaca anggaran APBN dengan akun enam angka (misalnya 521211). Kirim POK, DIPA, "
        "atau laporan realisasi dari SAKTI atau OM-SPAN.",
        f'The file {name} uses accounts of the regional scheme ("{code}"): a RAK, LRA or DPA of a '
        "regional budget (APBD). Pulih reads the state budget (APBN), whose accounts have six "
        "digits (such as 521211). Send the POK, the DIPA or a realisation list of SAKTI or "
        "OM-SPAN.",
    )


def no_rows(name: str) -> Refusal:
    """Say that there are headings but not one row under them."""
    return _refusal(
        f"Berkas {name} berisi judul kolom tetapi tidak ada baris data di bawahnya. "
        "Isi daftarnya, lalu kirim lagi.",
        f"The file {name} has column headings but no rows under them. "
        "Fill in the list and send it again.",
    )


def _refusal(indonesian: str, english: str) -> Refusal:
    return Refusal(Message(indonesian, english))
