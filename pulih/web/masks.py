"""Personal data as everybody sees it until somebody opens it, which is recorded."""

from pulih.common.identity_numbers import DOT, IdentityNumber, cut, whole_of


def mask_nik(nik: IdentityNumber | str | None) -> str:
    """Keep the district's four digits and the serial's last four: `3212••••••••0007`."""
    return cut(whole_of(nik))


def mask_name(name: str | None) -> str:
    """Keep the first name and one letter: `Siti M•••••••`; the length tells nothing."""
    words = (name or "").split()
    if not words:
        return ""
    if len(words) == 1:
        return f"{words[0][:2]}{DOT * 5}"
    return f"{words[0]} {words[1][0]}{DOT * 7}"


def mask_phone(phone: str | None) -> str:
    """Cut the last four digits: `0819-1120-••••`."""
    text = phone or ""
    figures = sum(letter.isdigit() for letter in text)
    open_figures = max(0, figures - 4)
    seen = 0
    kept = []
    for letter in text:
        seen += letter.isdigit()
        kept.append(DOT if letter.isdigit() and seen > open_figures else letter)
    return "".join(kept)
