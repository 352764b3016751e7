from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SamplingConfig(AppConfig):
    """Did it arrive: samples of seats, goods and payments, drawn by a seed and visited."""

    name = "pulih.sampling"
    verbose_name = _("Sampling checks")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.delivery import report_parts
        from pulih.documents import kinds
        from pulih.people.links import purposes as links
        from pulih.people.permissions import Permission
        from pulih.web.navigation import Item, register
        from pulih.workflow import post_kinds, registry

        from .papers import REPORT
        from .posts import SETTLER
        from .presenters import describe_findings
        from .purposes import VISIT
        from .report import sentences
        from .states import FINDING

        post_kinds.register(SETTLER)
        registry.register(FINDING, describe_findings)
        kinds.register(REPORT)
        links.register(VISIT)
        report_parts.register("sampling", sentences)
        register(
            Item(
                "delivery",
                20,
                _("Sampling checks"),
                "sampling:list",
                "list-search",
                permission=Permission.SEE_SAMPLES,
                prefix="/sampling/",
            )
        )
