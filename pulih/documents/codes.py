"""The code on a paper: 60 random bits in Crockford's base 32, then one check sign.

Nobody guesses a code, and one wrong or swapped letter is noticed before anything is asked. Small
letters, blanks and hyphens do not matter, and the letters I, L and O are read as 1, 1 and 0.
"""

from __future__ import annotations

import re
import secrets

from stdnum import luhn

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SIGNS = 12  # Of five bits each.
ALIKE = str.maketrans("ILO", "110", " -\u2010\u2011\u2012\u2013")
WELL_FORMED = re.compile(f"[{ALPHABET}]{{{SIGNS + 1}}}")
GROUPS = (slice(0, 4), slice(4, 8), slice(8, SIGNS + 1))
LONGEST_TYPED = 40


def new_code() -> str:
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))
    return drawn + str(luhn.calc_check_digit(drawn, ALPHABET))


def read_code(typed: str) -> str | None:
    """Return the code that somebody typed; None where it cannot be one."""
    code = typed[:LONGEST_TYPED].strip().upper().translate(ALIKE)
    is_code = WELL_FORMED.fullmatch(code) is not None and luhn.is_valid(code, ALPHABET)
    return code if is_code else None


def written(code: str) -> str:
    """Return the code as papers print it: `4F7Q-81ZK-0M3XD`."""
    return "-".join(code[group] for group in GROUPS)
