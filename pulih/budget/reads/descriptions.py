"""What a text speaks of: as an officer of its province states it, else by rule."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from ..models import DescriptionRuling
from ..rules.descriptions import DescriptionKind, description_kind, public_description, text_digest


class Described(NamedTuple):
    """ruling: the officer's word, where there is one."""

    kind: DescriptionKind
    label: str
    ruling: DescriptionRuling | None


class DescriptionRulings:
    """What officers had stated by a moment, by province and digest of the text."""

    def __init__(self, known_at: datetime) -> None:
        stated = DescriptionRuling.objects.filter(at__lte=known_at).order_by("id")
        columns = stated.values_list("province_id", "digest", "kind")
        self._kinds: Mapping[tuple[int, str], DescriptionKind] = {
            (province, digest): DescriptionKind(kind) for province, digest, kind in columns
        }

    def public(self, province: int, text: str) -> str | None:
        """The text, tidied; None where it names somebody, or may."""
        return public_description(text, self._stated(province, text))

    def kind(self, province: int, text: str) -> DescriptionKind:
        return self._stated(province, text) or description_kind(text)

    def _stated(self, province: int, text: str) -> DescriptionKind | None:
        return self._kinds.get((province, text_digest(text))) if self._kinds else None


def described(province: int, text: str) -> Described | None:
    """Return what a text of a province speaks of today; None where there is no text."""
    if not text.strip():
        return None
    stated = DescriptionRuling.objects.filter(province=province, digest=text_digest(text))
    ruling = stated.select_related("by").order_by("-id").first()
    kind = DescriptionKind(ruling.kind) if ruling else description_kind(text)
    return Described(kind, str(DescriptionRuling(kind=kind.value).get_kind_display()), ruling)
