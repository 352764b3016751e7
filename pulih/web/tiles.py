"""Where each province stands in the tile grid (row, column), by Kemendagri code. Own work."""

from collections.abc import Iterable

TILE_PLACES: dict[str, tuple[int, int]] = {
    "11": (0, 0), "12": (1, 1), "14": (1, 2), "21": (1, 3), "13": (2, 1), "15": (2, 2),
    "19": (2, 4), "17": (3, 2), "16": (3, 3), "18": (4, 3), "36": (5, 3), "31": (5, 4),
    "32": (6, 4), "33": (6, 5), "35": (6, 6), "34": (7, 5), "51": (7, 7), "52": (7, 8),
    "53": (7, 9), "61": (2, 6), "62": (3, 6), "64": (2, 7), "63": (3, 7), "65": (1, 7),
    "75": (1, 9), "71": (1, 10), "72": (2, 9), "76": (3, 9), "73": (4, 9), "74": (4, 10),
    "82": (2, 11), "81": (4, 12), "92": (2, 13), "91": (3, 14),
}  # fmt: skip

# Since 2022: four more, and Papua itself moves up.
TILE_PLACES_OF_38 = TILE_PLACES | {
    "91": (2, 14), "96": (1, 12), "94": (3, 13), "95": (3, 14), "93": (4, 14),
}  # fmt: skip

TILE_SHORT: dict[str, str] = {
    "11": "Aceh", "12": "Sumut", "13": "Sumbar", "14": "Riau", "15": "Jambi", "16": "Sumsel",
    "17": "Bengkulu", "18": "Lampung", "19": "Babel", "21": "Kepri", "31": "DKI", "32": "Jabar",
    "33": "Jateng", "34": "DIY", "35": "Jatim", "36": "Banten", "51": "Bali", "52": "NTB",
    "53": "NTT", "61": "Kalbar", "62": "Kalteng", "63": "Kalsel", "64": "Kaltim",
    "65": "Kaltara", "71": "Sulut", "72": "Sulteng", "73": "Sulsel", "74": "Sultra",
    "75": "Gorontalo", "76": "Sulbar", "81": "Maluku", "82": "Malut", "91": "Papua",
    "92": "Pabar", "93": "Pasel", "94": "Pateng", "95": "Papeg", "96": "Pabardaya",
}  # fmt: skip

# Two letters of ISO 3166-2, for tiles too small for a name.
TILE_LETTERS: dict[str, str] = {
    "11": "AC", "12": "SU", "13": "SB", "14": "RI", "15": "JA", "16": "SS", "17": "BE",
    "18": "LA", "19": "BB", "21": "KR", "31": "JK", "32": "JB", "33": "JT", "34": "YO",
    "35": "JI", "36": "BT", "51": "BA", "52": "NB", "53": "NT", "61": "KB", "62": "KT",
    "63": "KS", "64": "KI", "65": "KU", "71": "SA", "72": "ST", "73": "SN", "74": "SG",
    "75": "GO", "76": "SR", "81": "MA", "82": "MU", "91": "PA", "92": "PB", "93": "PS",
    "94": "PT", "95": "PE", "96": "PD",
}  # fmt: skip


def tile_places(codes: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return the grid that fits the codes: of 38 if a province of 2022 is among them."""
    is_of_38 = any(code in ("93", "94", "95", "96") for code in codes)
    return TILE_PLACES_OF_38 if is_of_38 else TILE_PLACES
