from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pulih.web import facts, navigation


class PortalConfig(AppConfig):
    """What everyone may see: the first page, the sources, open numbers."""

    name = "pulih.portal"
    verbose_name = _("Portal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .models import loaded_scenario
        from .standards import writing

        home = navigation.Item(
            "", 0, _("Overview"), "portal:home", "layout-dashboard", signed_in=False
        )
        navigation.register(home)
        writing.register()
        facts.tell("demo", lambda request: loaded_scenario() is not None)
        facts.tell("day", lambda request: scenario.day if (scenario := loaded_scenario()) else None)
