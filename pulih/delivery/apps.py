from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    """What was funded, carried out: who was taught, who came, what was made, who received it."""

    name = "pulih.delivery"
    verbose_name = _("Activities")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pulih.administration import unconfirmed
        from pulih.budget import guards
        from pulih.documents import kinds
        from pulih.people.links import purposes as links
        from pulih.people.permissions import Permission
        from pulih.proposals import amendment_guards
        from pulih.proposals import board as promises
        from pulih.registry import merge_hooks
        from pulih.treasury.reads import supporting
        from pulih.web.navigation import Item, register
        from pulih.workflow import post_kinds, registry

        from .actions.amended import refuse_listed
        from .actions.listed_money import refuse_past_the_lists
        from .actions.payments import ask_again
        from .merging import one_seat_a_person
        from .papers import KINDS
        from .presenters import describe_mentoring, describe_rounds
        from .promise_board import outcomes
        from .purposes import ANSWER, APPLY, ATTENDANCE, COUNT, FOLLOW_UP, GIVE, OWN_PAGE
        from .reads.packs import papers_of_request
        from .states import ASKER, FOLLOW_UP_ROUND, MENTOR, MENTORING
        from .unconfirmed import points

        for paper in KINDS:
            kinds.register(paper)
        promises.register(outcomes)
        merge_hooks.register_guard(one_seat_a_person)
        guards.register("delivery", ask_again)
        guards.register_for_money("delivery", refuse_past_the_lists)
        supporting.register("delivery", papers_of_request)
        unconfirmed.register(points)
        amendment_guards.register("delivery", refuse_listed)
        for purpose in (ATTENDANCE, APPLY, ANSWER, COUNT, GIVE, OWN_PAGE, FOLLOW_UP):
            links.register(purpose)
        post_kinds.register(ASKER)
        registry.register(FOLLOW_UP_ROUND, describe_rounds)
        post_kinds.register(MENTOR)
        registry.register(MENTORING, describe_mentoring)

        register(
            Item(
                "delivery",
                10,
                _("Activities"),
                "delivery:list",
                "calendar-event",
                permission=Permission.SEE_ACTIVITIES,
                prefix="/delivery/",
            )
        )
        _register_tasks()


def _register_tasks() -> None:
    """Count what waits for officers of this room among their tasks."""
    from pulih.workflow import tasks

    from .reads.checks import objections_for
    from .reads.telling import untold_for

    tasks.register(
        tasks.Tasks(
            "delivery_objections",
            _("Objections to answer"),
            objections_for,
            "delivery:objections",
        )
    )
    tasks.register(
        tasks.Tasks(
            "delivery_untold",
            _("Applicants to tell after the decree"),
            untold_for,
            "delivery:applicants",
            asks={"untold": "1"},
        )
    )
