from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GrantsConfig(AppConfig):
    """Is it off the books: the grant (hibah) of what was handed over, step by step."""

    name = "pulih.grants"
    verbose_name = _("Grants")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.administration import unconfirmed
        from pulih.delivery.actions import recounts
        from pulih.documents import kinds
        from pulih.people.permissions import Permission
        from pulih.web.navigation import Item, register
        from pulih.workflow import post_kinds, registry

        from .actions import refuse_while_granted
        from .papers import KINDS
        from .posts import MINISTRY, OFFICE
        from .presenters import describe
        from .states import GRANT
        from .unconfirmed import points

        unconfirmed.register(points)
        recounts.register_guard(refuse_while_granted)

        for kind in KINDS:
            kinds.register(kind)
        post_kinds.register(OFFICE)
        post_kinds.register(MINISTRY)
        registry.register(GRANT, describe)
        register(
            Item(
                "delivery",
                30,
                _("Grants"),
                "grants:list",
                "file-text",
                permission=Permission.SEE_ACTIVITIES,
                prefix="/grants/",
            )
        )
