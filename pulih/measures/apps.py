from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeasuresConfig(AppConfig):
    """The catalogue of support: what a unit of each measure costs and which need it answers."""

    name = "pulih.measures"
    verbose_name = _("Measures")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.administration import unconfirmed
        from pulih.people.permissions import Permission
        from pulih.web.navigation import Item, register

        from .unconfirmed import points

        unconfirmed.register(points)

        register(
            Item(
                "plan",
                10,
                _("Measures"),
                "measures:list",
                "checklist",
                permission=Permission.SEE_ENTERPRISES,
                prefix="/catalogue/",
            )
        )
