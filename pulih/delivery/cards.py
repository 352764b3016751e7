"""The code on a participant's card, by which a phone marks who came."""

from django.utils.crypto import salted_hmac

LENGTH = 20


def card_of(participant: int) -> str:
    """Return the text of a card's square code; nobody can make one up for another person."""
    return salted_hmac("pulih.card", str(participant), algorithm="sha256").hexdigest()[:LENGTH]
