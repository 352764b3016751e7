from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TreasuryConfig(AppConfig):
    """Lists of the treasury beside the ledger; payment requests on their way; the imprest."""

    name = "pulih.treasury"
    verbose_name = _("Reconciliation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.administration import unconfirmed
        from pulih.budget import followers
        from pulih.documents import kinds
        from pulih.inbox import receivers
        from pulih.workflow import post_kinds, registry, tasks

        from .actions.following import follow
        from .actions.handing_over import hand_over
        from .models import Difference
        from .papers import ACCOUNT, KINDS
        from .presenters import describe
        from .reads.open_differences import differences_for
        from .reads.taxes import late_for
        from .receivers import TreasuryReceiver
        from .states import DIFFERENCE, PAYMENT, POSTS
        from .unconfirmed import points

        unconfirmed.register(points)
        receivers.register(TreasuryReceiver())
        followers.register("treasury", follow, hand_over)
        registry.register(PAYMENT, describe)
        registry.register_column(DIFFERENCE, Difference._meta.db_table)
        for kind in POSTS.values():
            post_kinds.register(kind)
        for paper in (*KINDS.values(), ACCOUNT):
            kinds.register(paper)
        tasks.register(
            tasks.Tasks(
                "treasury_differences",
                _("Differences from the treasury to settle"),
                differences_for,
                "treasury:list",
            )
        )
        tasks.register(
            tasks.Tasks(
                "treasury_late_taxes",
                _("Taxes past their day"),
                late_for,
                "treasury:late-taxes",
                is_kept=False,  # Appointments and the calendar say which.
            )
        )
