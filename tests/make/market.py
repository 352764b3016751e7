"""Makers with their capacities, by the way that delivered rows take, and by hand."""

from datetime import date
from typing import Any

from pulih.areas.models import Area
from pulih.inbox.models import ImportBatch
from pulih.market.models import Capacity, Group, Member, Product
from pulih.people.models import User
from pulih.registry.models import Enterprise
from tests.make import impact, inbox
from tests.people import cast

DAY = date(2020, 6, 15)
HEADS = (*inbox.HEADS, "Kapasitas Produksi", "Satuan", "Izin")


def product(code: str = "cloth_mask") -> Product:
    return Product.objects.get(code=code)


def listed(*makers: tuple[str, str, str, str, str], **asked: Any) -> ImportBatch:
    """Deliver a list of (name, product, capacity, unit, licences), each firm with 6 workers."""
    heads = asked.pop("heads", HEADS)
    rows = [
        (*inbox.firm(name, nib=f"91200000{place:05d}", owner=f"Pemilik {place}", product=made),
         *rest)
        for place, (name, made, *rest) in enumerate(makers, start=1)
    ]  # fmt: skip
    return inbox.read(*rows, heads=heads, **asked)


def firm(name: str, regency: str = "Kab. Indramayu", province: str = "Jawa Barat") -> Enterprise:
    return impact.enterprise(name, regency, province)


def capacity(enterprise: Enterprise, code: str = "cloth_mask", **changes: Any) -> Capacity:
    usual: dict[str, Any] = {"per_week": 600, "price": 5000, "confirmed_on": DAY}
    return Capacity.objects.create(
        enterprise=enterprise,
        province_id=enterprise.province_id,
        regency_id=enterprise.regency_id,
        product=product(code),
        origin="office",
        **(usual | changes),
    )


def group(regency: str = "Kab. Indramayu", *members: Enterprise, **changes: Any) -> Group:
    area = cast.area(regency)
    usual: dict[str, Any] = {"name": "Koperasi Maju", "kind": "cooperative", "valid_from": DAY}
    province = members[0].province_id if members else cast.area("Jawa Barat").pk
    made = Group.objects.create(regency=area, province_id=province, **(usual | changes))
    for one in members:
        Member.objects.create(
            group=made, enterprise=one, province_id=province, regency=area, valid_from=DAY
        )
    return made


def officer() -> dict[str, Area | User]:
    """Return the words with which a regency's own officer delivers."""
    return {"office": cast.area("Kab. Indramayu"), "by": cast.regency_officer()}
