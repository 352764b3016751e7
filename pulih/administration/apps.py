from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdministrationConfig(AppConfig):
    """Who may sign in, who did what, and the work in the background."""

    name = "pulih.administration"
    verbose_name = _("Administration")

    def ready(self) -> None:
        from pulih.people.permissions import Permission
        from pulih.web.navigation import Item, register

        register(
            Item("order", 10, _("People"), "administration:people", "users",
                 permission=Permission.MANAGE_PEOPLE)
        )  # fmt: skip
        register(
            Item("order", 50, _("Record of actions"), "administration:record", "list-search",
                 permission=Permission.SEE_AUDIT)
        )  # fmt: skip
        register(
            Item("order", 55, _("Not confirmed yet"), "administration:unconfirmed", "checklist",
                 permission=Permission.MANAGE_REFERENCES)
        )  # fmt: skip
        register(
            Item("order", 57, _("Checks of all rooms"), "administration:checks", "checklist",
                 permission=Permission.SEE_AUDIT)
        )  # fmt: skip
        register(
            Item("order", 60, _("Background work"), "administration:jobs", "clock-pause",
                 permission=Permission.MANAGE_JOBS, prefix="/administration/jobs/")
        )  # fmt: skip
