from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    """What becomes of personal data: why it is kept, how long, and what people ask about theirs."""

    name = "pulih.privacy"
    verbose_name = _("Personal data")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.administration import unconfirmed
        from pulih.people.permissions import Permission
        from pulih.web.navigation import Item, register

        from .unconfirmed import points

        unconfirmed.register(points)

        register(
            Item(
                "order",
                45,
                _("Personal data"),
                "privacy:list",
                "shield-lock",
                permission=Permission.ANSWER_PERSONS,
                prefix="/privacy/",
            )
        )
