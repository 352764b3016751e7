from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BudgetConfig(AppConfig):
    """Spending units, their lines and the ledger of documents."""

    name = "pulih.budget"
    verbose_name = _("Budget")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.administration import unconfirmed
        from pulih.inbox import receivers
        from pulih.people.permissions import Permission
        from pulih.proposals import promised, ranking
        from pulih.proposals.actions import amending
        from pulih.web.navigation import Item, register

        from .actions.amending import move_reservation
        from .ranking_money import carried
        from .reads.promises import aside_for
        from .receivers import BudgetReceiver
        from .unconfirmed import points

        unconfirmed.register(points)
        ranking.register(carried)
        promised.register(aside_for)
        amending.register(move_reservation)
        receivers.register(BudgetReceiver())
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
