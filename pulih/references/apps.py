from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferencesConfig(AppConfig):
    """The dated tables of `pulih.classifications`, kept up to date by import."""

    name = "pulih.references"
    verbose_name = _("Reference lists")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.web import navigation
        from pulih.workflow import calendars

        from .reading import holidays_as_text, listed_holidays

        calendars.read_holidays_from(listed_holidays, holidays_as_text)
        navigation.register(
            navigation.Item(
                "order",
                40,
                _("Reference lists"),
                "references:list",
                "list-details",
                prefix="/references/",
            )
        )
