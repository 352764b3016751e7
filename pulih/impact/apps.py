from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImpactConfig(AppConfig):
    """What firms said of a month, how badly they were hit, and what they need."""

    name = "pulih.impact"
    verbose_name = _("Impact")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.inbox import receivers
        from pulih.people.permissions import Permission
        from pulih.registry import merge_hooks
        from pulih.web.navigation import Item, register

        from . import actions, flags
        from .receivers import ImpactReceiver

        # After the register, which forms the enterprises out of both kinds of file.
        receivers.register_follow_up("firms", ImpactReceiver())
        receivers.register_follow_up("impact", ImpactReceiver())
        receivers.register_follow_up("makers", ImpactReceiver())
        merge_hooks.register_follower(actions.follow)
        merge_hooks.register_flag(flags.same_month)
        register(
            Item(
                "data",
                40,
                _("Impact"),
                "impact:summary",
                "activity",
                permission=Permission.SEE_ENTERPRISES,
                prefix="/impact/",
            )
        )
