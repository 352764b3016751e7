"""Messages that an office sends by telephone."""

import re
from urllib.parse import quote

MOBILE = re.compile(r"(?:62|0)?(8[1-9]\d{7,10})")


def whatsapp_address(phone: str, message: str) -> str:
    """Return the address that opens WhatsApp with the message; "" where no mobile number stands.

    phone: as somebody wrote it, such as `0812-3456-7890` or `+62 812 3456 7890`.
    """
    found = MOBILE.fullmatch(re.sub(r"\D", "", phone))
    return f"https://wa.me/62{found[1]}?text={quote(message)}" if found else ""
