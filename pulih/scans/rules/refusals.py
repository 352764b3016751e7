"""The sentences for files that are no scans, or that nobody can read. One each."""

from pulih.common.errors import Message, Refusal
from pulih.intake.ceilings import Ceilings

MOST_PAGES = 200
MOST_PIXELS = 64_000_000  # A photo of 64 megapixels; unpacked, some 200 MB.

ABANDONED = Message(
    "Orang yang membawa pindaian ini tidak lagi berhak mengirim untuk kantor ini. Bawa lagi dengan "
    "akun yang berhak.",
    "The person who brought this scan may no longer deliver for this office. Bring it again from "
    "an account that may.",
)


def empty(name: str) -> Refusal:
    return _refusal(
        f"“{name}” kosong. Pindai atau foto kertasnya sekali lagi.",
        f"“{name}” is empty. Scan the paper or take its photo once more.",
    )


def foreign(name: str) -> Refusal:
    return _refusal(
        f"“{name}” bukan PDF atau gambar JPEG atau PNG. Simpan pindaiannya sebagai salah satunya.",
        f"“{name}” is no PDF and no JPEG or PNG picture. Save the scan as one of them.",
    )


def apple_photo(name: str) -> Refusal:
    return _refusal(
        f"“{name}” adalah foto HEIC, yang tidak dapat dibaca di sini. Di iPhone pilih Pengaturan, "
        "Kamera, Format, “Paling Kompatibel”, lalu foto lagi; atau simpan sebagai JPEG.",
        f"“{name}” is a HEIC photo, which cannot be read here. On the iPhone choose Settings, "
        "Camera, Formats, “Most Compatible” and take it again; or save it as JPEG.",
    )


def locked(name: str) -> Refusal:
    return _refusal(
        f"“{name}” adalah PDF dengan kata sandi. Simpan tanpa kata sandi, lalu kirim lagi.",
        f"“{name}” is a PDF with a password. Save it without the password and send it again.",
    )


def damaged(name: str) -> Refusal:
    return _refusal(
        f"“{name}” rusak atau tidak lengkap. Pindai sekali lagi, lalu kirim lagi.",
        f"“{name}” is damaged or not complete. Scan it once more and send it again.",
    )


def too_many_pages(name: str, pages: int) -> Refusal:
    return _refusal(
        f"“{name}” berisi {pages} halaman; paling banyak {MOST_PAGES} halaman sekaligus. Bagi "
        "menjadi beberapa berkas.",
        f"“{name}” has {pages} pages; at most {MOST_PAGES} are taken at once. Split it into "
        "several files.",
    )


def too_large(name: str, width: int, height: int) -> Refusal:
    megapixels, most = -(-width * height // 10**6), MOST_PIXELS // 10**6
    return _refusal(
        f"“{name}” berukuran {width} × {height} piksel ({megapixels} megapiksel); paling besar "
        f"{most} megapiksel. Kecilkan gambarnya.",
        f"“{name}” has {width} × {height} pixels ({megapixels} megapixels); at most {most} "
        "megapixels are read. Make the picture smaller.",
    )


def ended(name: str, why: str, ceilings: Ceilings | None) -> Refusal:
    """Say why the reader did not come to its end. why: time, memory or died."""
    if why == "time" and ceilings:
        return _refusal(
            f"“{name}” tidak selesai dibaca dalam {ceilings.seconds:.0f} detik. Bagi menjadi "
            "beberapa berkas, atau pindai dengan 200 dpi.",
            f"“{name}” could not be read within {ceilings.seconds:.0f} seconds. Split it into "
            "several files, or scan it with 200 dpi.",
        )
    if why == "memory":
        return _refusal(
            f"“{name}” memerlukan memori terlalu banyak untuk dibaca. Pindai dengan 200 dpi, lalu "
            "kirim lagi.",
            f"“{name}” takes too much memory to be read. Scan it with 200 dpi and send it again.",
        )
    return damaged(name)


def _refusal(indonesian: str, english: str) -> Refusal:
    return Refusal(Message(indonesian, english))
