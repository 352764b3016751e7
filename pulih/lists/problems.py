"""Why a file of a list was not made, or is not given out."""

from pulih.common.errors import Message

NO_LONGER = Message(
    "Daftar ini tidak lagi terbuka untuk Anda dengan saringan itu. Buka daftarnya dan minta lagi.",
    "This list is no longer open to you with those filters. Open the list and ask again.",
)
KILLED = Message(
    "Berkas ini tiga kali tidak selesai dibuat. Persempit saringannya, atau laporkan kepada"
    " administrator.",
    "Making this file was begun three times and never finished. Narrow the filters, or tell your"
    " administrator.",
)
FULL_DISK = Message(
    "Ruang disk server habis, sehingga berkas ini tidak dapat ditulis. Beri tahu administrator.",
    "The server's disk is full, so this file could not be written. Tell your administrator.",
)
BROKEN = Message(
    "Berkas ini tidak dapat dibuat karena kesalahan program. Administrator melihat sebabnya.",
    "This file could not be made because of a fault of the program. The administrator sees why.",
)
GONE = Message(
    "Berkas ini sudah dihapus: berkas unduhan disimpan satu hari. Minta sekali lagi.",
    "This file has been deleted: files to be downloaded are kept for a day. Ask for it again.",
)
OTHER_SIGHT = Message(
    "Peran atau wilayah Anda berubah sejak berkas ini dibuat. Minta sekali lagi.",
    "Your role or reach has changed since this file was made. Ask for it again.",
)
