from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AreasConfig(AppConfig):
    """The tables of `pulih.places`: areas, their codes by scheme, who lies within whom and when."""

    name = "pulih.areas"
    verbose_name = _("Areas")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.web import navigation

        navigation.register(
            navigation.Item("order", 30, _("Areas"), "areas:list", "map-pin", prefix="/areas/")
        )
