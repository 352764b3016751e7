"""Units in headings: `(Rp.000)`, `dalam jutaan`, `nilai_investasi_ribu`."""

import re

SCALES = (
    (re.compile(r"triliun|trilyun|trillion", re.I), 10**12),
    (re.compile(r"miliar|milyar|milliar|billion|\bbn\b|000\.000\.000|000,000,000", re.I), 10**9),
    (re.compile(r"juta(?:an)?\b|\bjt\b|million|000\.000|000,000|\b000 000\b", re.I), 10**6),
    (
        re.compile(
            r"ribu(?:an)?\b|\brb\b|thousand|[.,]\s?000\b|\b000\b|x\s?1[.,]?000\b|\b1\.?000\b", re.I
        ),
        10**3,
    ),
)
UNIT_PART = re.compile(
    r"[(\[]([^)\]]*)|\b((?:dalam|in|x|rp\.?)\s*[\w. ,]*|(?:ribu|juta|miliar|"
    r"milyar)\w*\s+(?:rupiah|rp))|"
    r"(?:[\s_](ribu|rb|juta|jt|miliar|milyar)(?:an)?\s*$)"  # `nilai_investasi_ribu`
)


def scale_in(heading: str) -> int:
    """Return by how much a heading says its amounts must be multiplied: `(Rp.000)` → 1000."""
    marked = " ".join("".join(found) for found in UNIT_PART.findall(heading.casefold()))
    return next((scale for pattern, scale in SCALES if pattern.search(marked)), 1)
