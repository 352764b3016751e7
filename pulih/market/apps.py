from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MarketConfig(AppConfig):
    """Who can make what, who asks for it, and the orders that come of it."""

    name = "pulih.market"
    verbose_name = _("Market")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.administration import unconfirmed
        from pulih.documents import kinds
        from pulih.inbox import receivers
        from pulih.workflow import registry, tasks

        from . import links, navigation, papers, states
        from .reads import describe_needs
        from .receivers import CapacityReceiver, MakersReceiver, NeedsReceiver
        from .turns import counted_for
        from .unconfirmed import points

        unconfirmed.register(points)

        # After the register, which forms the enterprises that the rows speak of.
        receivers.register_follow_up("firms", CapacityReceiver())
        receivers.register_follow_up("makers", MakersReceiver())
        receivers.register(NeedsReceiver())
        registry.register(states.NEED, describe_needs)
        assert links.ANSWER  # Declaring a purpose is what makes its addresses open.
        kinds.register(papers.ORDER_PAPER)
        kinds.register(papers.DELIVERY_NOTE)
        navigation.register_items()
        tasks.register(
            tasks.Tasks(
                "market_orders",
                _("Orders that wait for your office"),
                counted_for,
                "market:orders",
                "arrows-transfer-up",
                {"mine": "on", "sort": "waits_until"},
            )
        )
