"""What access links of delivery are for."""

from django.utils.translation import gettext_lazy as _

from pulih.people.links.purposes import LinkPurpose
from pulih.people.permissions import Permission

# Its subjects are classes. Longer than a class, so that a phone that finds its network late can
# still send.
ATTENDANCE = LinkPurpose(
    "delivery.attendance",
    _("Attendance of a class"),
    "delivery:field-by-link",
    Permission.RUN_ACTIVITIES,
    longest_days=60,
)

# Its subject is one activity, for which anybody applies who has the link or the square code on a
# poster; many share it.
APPLY = LinkPurpose(
    "delivery.apply",
    _("Application form of an activity"),
    "delivery:apply-by-link",
    Permission.RUN_ACTIVITIES,
    longest_days=92,
    requests=600,
)

# Its subjects are applicants: what was found of them, why they were chosen, and an objection.
ANSWER = LinkPurpose(
    "delivery.answer",
    _("Answer to an applicant"),
    "delivery:answer-by-link",
    Permission.RUN_ACTIVITIES,
    longest_days=92,
)

# Its subject is a participant: the own seat, days, money, goods and certificate. The class's office
# gives it to who showed the identity card there.
OWN_PAGE = LinkPurpose(
    "delivery.own_page",
    _("Own page of a participant"),
    "delivery:own-page",
    Permission.RUN_ACTIVITIES,
    longest_days=92,
)

# Its subjects are follow-ups: one person each, who answers alone.
FOLLOW_UP = LinkPurpose(
    "delivery.follow_up",
    _("Follow-up of a training"),
    "delivery:follow-up-by-link",
    Permission.RUN_ACTIVITIES,
    longest_days=92,
)

# Its subjects are hand-overs: who gives the goods for the office signs for it.
GIVE = LinkPurpose(
    "delivery.give",
    _("Giving goods"),
    "delivery:give-by-link",
    Permission.RUN_ACTIVITIES,
    longest_days=92,
)

# Its subjects are hand-overs: the receiver counts what arrived and signs for it.
COUNT = LinkPurpose(
    "delivery.count",
    _("Receipt of goods"),
    "delivery:count-by-link",
    Permission.RUN_ACTIVITIES,
    longest_days=92,
)
