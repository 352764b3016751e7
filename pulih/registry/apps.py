from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """Who is there: the enterprises, each formed from the rows that offices delivered."""

    name = "pulih.registry"
    verbose_name = _("Register of enterprises")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.inbox import receivers

        from . import menu, merge_hooks, uniqueness
        from .receivers import FirmReceiver, ImpactFirmReceiver, MakersFirmReceiver

        receivers.register(FirmReceiver())
        receivers.register(ImpactFirmReceiver())
        receivers.register(MakersFirmReceiver())
        merge_hooks.register_guard(uniqueness.fixed_numbers)
        menu.put_up()
