from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pulih.web import navigation


class RegistryConfig(AppConfig):
    """Who is there: the enterprises, each formed from the rows that offices delivered."""

    name = "pulih.registry"
    verbose_name = _("Register of enterprises")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.inbox import receivers
        from pulih.people.permissions import Permission

        from .receivers import FirmReceiver, ImpactFirmReceiver

        receivers.register(FirmReceiver())
        receivers.register(ImpactFirmReceiver())
        navigation.register(
            navigation.Item(
                "data",
                20,
                _("Enterprises"),
                "registry:list",
                "building-factory-2",
                permission=Permission.SEE_ENTERPRISES,
            )
        )
