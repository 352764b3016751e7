from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from pulih.web import facts, navigation, published


class PortalConfig(AppConfig):
    """What everyone may see: the first page, the sources, open numbers."""

    name = "pulih.portal"
    verbose_name = _("Portal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.documents import kinds
        from pulih.people.permissions import Permission
        from pulih.workflow import post_kinds, registry

        from . import arrivals, counted_in, papers, publishing, tables
        from .actions.releases import STEWARD
        from .models import loaded_scenario
        from .reads.releases import describe
        from .standards import writing
        from .states import RELEASE

        post_kinds.register(STEWARD)
        registry.register(RELEASE, describe)
        publishing.register("tables", tables.write_tables)
        publishing.register("arrivals", arrivals.write)
        home = navigation.Item(
            "", 0, _("Overview"), "portal:home", "layout-dashboard", prefix="/desk/"
        )
        navigation.register(home)
        writing.register()
        published.tell(counted_in.rows)
        kinds.register(papers.RELEASE)
        publishing.register("verify", papers.write_code)  # The last by name: it sees all files.
        navigation.register(
            navigation.Item(
                "",
                5,
                _("Releases"),
                "portal:releases",
                "file-text",
                permission=Permission.PREPARE_RELEASES,
                prefix="/desk/releases/",
            )
        )
        facts.tell("demo", lambda request: loaded_scenario() is not None)
        facts.tell("day", lambda request: scenario.day if (scenario := loaded_scenario()) else None)
