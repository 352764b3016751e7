"""That Pulih itself, and not merely whoever can run SQL, says for whom a connection speaks.

A proof names the second until which it holds and an HMAC over it and the person. The key is known
to Pulih's processes; PostgreSQL keeps it where the serving role cannot read, and the function
`pulih_person` believes no person without a proof.
"""

import hashlib
import hmac
import time

from django.conf import settings


def proof_of(person: str) -> str:
    """Return the proof that lets a connection speak for a person, by key; '' for nobody."""
    if not person:
        return ""
    until = int(time.time()) + settings.PROOF_SECONDS
    text = f"{person}.{until}"
    mac = hmac.new(settings.PERSON_SECRET.encode(), text.encode(), hashlib.sha256)
    return f"{until}.{mac.hexdigest()}"
