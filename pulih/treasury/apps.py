from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TreasuryConfig(AppConfig):
    """Lists of the treasury beside the ledger, difference by difference; the imprest of units."""

    name = "pulih.treasury"
    verbose_name = _("Reconciliation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.inbox import receivers

        from .receivers import TreasuryReceiver

        receivers.register(TreasuryReceiver())
