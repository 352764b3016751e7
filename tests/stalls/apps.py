from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StallsConfig(AppConfig):
    """Who sells where: stalls of a market that firms ask their province for."""

    name = "tests.stalls"
    verbose_name = _("Stalls")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.documents import kinds
        from pulih.people.permissions import Permission
        from pulih.web.navigation import Item, register
        from pulih.workflow import post_kinds, registry

        from .papers import PERMIT
        from .posts import OFFICE
        from .presenters import describe
        from .states import STALL

        kinds.register(PERMIT)
        post_kinds.register(OFFICE)
        registry.register(STALL, describe)
        register(
            Item(
                "delivery", 90, _("Stalls"), "stalls:list", "building-store",
                permission=Permission.SEE_ACTIVITIES, prefix="/stalls/",
            )
        )  # fmt: skip
