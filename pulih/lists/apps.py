from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ListsConfig(AppConfig):
    """Declared lists: page, files and API of one declaration; figures; the search over all."""

    name = "pulih.lists"
    verbose_name = _("Downloads")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.web import facts

        from . import finding

        autodiscover_modules("figures", "searched")
        facts.tell("search", finding.address)
