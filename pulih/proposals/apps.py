from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    """What offices ask for: rounds, proposals with their cost plans, answers with reasons."""

    name = "pulih.proposals"
    verbose_name = _("Proposals")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.administration import unconfirmed
        from pulih.documents import kinds
        from pulih.inbox import receivers
        from pulih.people.permissions import Permission
        from pulih.web.navigation import Item, register
        from pulih.workflow import post_kinds, registry

        from .clocks import POST_KINDS
        from .papers import KINDS, ROUND_LIST
        from .presenters import describe, describe_amendments, describe_ideas
        from .receivers import EarlierReceiver
        from .rules.gates import AMENDMENT
        from .rules.idea_machine import IDEA
        from .rules.machine import PROPOSAL
        from .unconfirmed import points

        unconfirmed.register(points)

        for kind in POST_KINDS:
            post_kinds.register(kind)
        registry.register(PROPOSAL, describe)
        registry.register(IDEA, describe_ideas)
        registry.register(AMENDMENT, describe_amendments)
        for paper in (*KINDS, ROUND_LIST):
            kinds.register(paper)
        receivers.register(EarlierReceiver())
        register(
            Item(
                "plan",
                20,
                _("Proposals"),
                "proposals:list",
                "file-text",
                permission=Permission.SEE_PROPOSALS,
                prefix="/proposals/",
            )
        )
        register(
            Item(
                "plan",
                21,
                _("Ideas of regencies"),
                "proposals:ideas",
                "send",
                permission=Permission.SEE_IDEAS,
                prefix="/proposals/ideas/",
            )
        )
