from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ListsConfig(AppConfig):
    """Declared lists: page, files and API of one declaration; figures that they add up to."""

    name = "pulih.lists"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        autodiscover_modules("figures")
