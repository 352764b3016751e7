from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BudgetConfig(AppConfig):
    """Spending units, their lines, the ledger of documents and the drafts of revisions."""

    name = "pulih.budget"
    verbose_name = _("Budget")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.documents import kinds
        from pulih.inbox import receivers
        from pulih.people.permissions import Permission
        from pulih.web.navigation import Item, register

        from . import opened_years, unit_parts
        from .actions.opened_years import hold
        from .papers import MATRIX
        from .receivers import BudgetReceiver, TreasuryReceiver
        from .views.revisions_of_unit import revisions_of_unit

        opened_years.register(hold)
        unit_parts.register("revisions", revisions_of_unit)
        kinds.register(MATRIX)
        receivers.register(BudgetReceiver())
        receivers.register(TreasuryReceiver())
        register(
            Item(
                "plan",
                30,
                _("Budget"),
                "budget:summary",
                "wallet",
                permission=Permission.SEE_BUDGET,
                prefix="/budget/",
            )
        )
