"""What papers of the budget call things."""

from ..rules.costs import Cost

MINISTRY = "019 Kementerian Perindustrian"
STAR_NOTE = "Tanda * pada sumber dana: sebagian pagu baris itu diblokir (halaman IV DIPA)."
LEVEL_WORDS = {
    "programme": "Program",
    "activity": "Kegiatan",
    "output": "Output",
    "suboutput": "Suboutput",
    "component": "Komponen",
}
LEVEL_WORDS_FROM_2021 = LEVEL_WORDS | {"output": "KRO", "suboutput": "RO"}


def volume_words(cost: Cost | None) -> str:
    """Return volume and unit as documents write them: `20 OJ`; nothing where not said."""
    if cost is None or cost.volume is None:
        return ""
    number = f"{cost.volume.normalize():f}".replace(".", ",")
    return f"{number} {cost.unit}".strip()
