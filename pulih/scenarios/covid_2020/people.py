"""One log-in a role, invented, with passwords that only this installation knows."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from pulih import places
from pulih.areas.models import COUNTRY
from pulih.people.models import Reach, Role, User

from .figures import REPORTED_ON

SINCE = date(2020, 1, 2)
# Hashing is slow against those who guess, and nobody guesses a random password of 72 bits. A hash
# of fewer rounds is also written again when its person first signs in.
ROUNDS = 1_000


@dataclass(frozen=True)
class Character:
    """Somebody who can sign in to the demo. area: a name that `places` resolves, or the country."""

    username: str
    name: str
    role: str
    area: str = ""


CAST = (
    Character("perencana", "Ratna Wibowo", Role.PLANNER, "Indonesia"),
    Character("perencana_kedua", "Agung Lestari", Role.PLANNER, "Indonesia"),
    Character("jabar", "Dedi Sukmana", Role.PROVINCIAL_OFFICER, "Jawa Barat"),
    Character("jabar_ppk", "Wulan Prasetya", Role.PROVINCIAL_OFFICER, "Jawa Barat"),
    Character("jabar_ppspm", "Yusuf Hartono", Role.PROVINCIAL_OFFICER, "Jawa Barat"),
    Character("jabar_bendahara", "Endah Kurniasih", Role.PROVINCIAL_OFFICER, "Jawa Barat"),
    Character("kalsel", "Nur Basri", Role.PROVINCIAL_OFFICER, "Kalimantan Selatan"),
    Character("indramayu", "Nani Astawa", Role.REGENCY_OFFICER, "Kab. Indramayu"),
    Character("verifikator", "Sari Wulandari", Role.PLANNER, "Indonesia"),
    Character("pemutus", "Hasan Basuki", Role.PLANNER, "Indonesia"),
    Character("penilai_a", "Mira Kusuma", Role.REVIEWER),
    Character("penilai_b", "Teguh Santoso", Role.REVIEWER),
    Character("walidata", "Tuti Rahmawati", Role.STEWARD, "Indonesia"),
    Character("walidata_kedua", "Bram Situmorang", Role.STEWARD, "Indonesia"),
    Character("auditor", "Lukas Harahap", Role.AUDITOR, "Indonesia"),
    Character("admin", "Indah Permana", Role.ADMINISTRATOR),
)


def add_people(passwords: dict[str, str]) -> dict[str, User]:
    """Add the cast, or give them these passwords again; return them by user name."""
    hasher = PBKDF2PasswordHasher()
    return {
        one.username: _add(
            one, hasher.encode(passwords[one.username], hasher.salt(), iterations=ROUNDS)
        )
        for one in CAST
    }


def _add(character: Character, password: str) -> User:
    user, _ = User.objects.update_or_create(
        username=character.username,
        defaults={
            "name": character.name,
            "role": character.role,
            "email": f"{character.username}@pulih.invalid",
            "password": password,
        },
    )
    if character.area:
        area = _area(character.area)
        Reach.objects.get_or_create(user=user, area_id=area, defaults={"valid_from": SINCE})
    return user


def _area(name: str) -> int:
    if name == "Indonesia":
        return COUNTRY
    found = places.resolve(name, on=REPORTED_ON)
    assert found is not None, name
    return found.key
