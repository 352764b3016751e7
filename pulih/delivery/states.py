"""What becomes of a round of follow-ups: open until all answered, or an office says why not."""

from pulih.common.errors import Message
from pulih.people.permissions import Permission
from pulih.workflow.post_kinds import PostKind
from pulih.workflow.states import Machine, Move, State

RUN = Permission.RUN_ACTIVITIES

FOLLOW_UP_ROUND = Machine(
    "delivery_follow_up",
    Message("putaran tindak lanjut", "round of follow-ups"),
    states=(
        State("asking", Message("sedang ditanyakan", "being asked"), tone="info"),
        State("closed", Message("selesai", "closed"), final=True, tone="good"),
    ),
    moves=(
        Move("close", Message("Tutup", "Close"), ("asking",), "closed", RUN.value,
             is_drawn=False),
    ),
    start="asking",
)  # fmt: skip
ASKER = PostKind("delivery_asker", Message("Penanya tindak lanjut", "Asker of follow-ups"), RUN)

# A mentoring visit: planned, then done, or done with something to do by somebody.
MENTORING = Machine(
    "delivery_mentoring",
    Message("kunjungan pendampingan", "mentoring visit"),
    states=(
        State("planned", Message("direncanakan", "planned"), tone="info"),
        State("to_do", Message("perlu ditindaklanjuti", "to be acted on"), tone="warn"),
        State("done", Message("selesai", "done"), final=True, tone="good"),
        State("cancelled", Message("dibatalkan", "cancelled"), final=True),
    ),
    moves=(
        Move("report", Message("Catat temuan", "Report"), ("planned",), "to_do", RUN.value,
             is_drawn=False),
        Move("report_done", Message("Catat temuan", "Report"), ("planned",), "done", RUN.value,
             is_drawn=False),
        Move("finish", Message("Sudah dikerjakan", "It is done"), ("to_do",), "done", RUN.value,
             needs_reason=True),
        Move("cancel", Message("Batalkan kunjungan", "Cancel the visit"), ("planned",),
             "cancelled", RUN.value, needs_reason=True),
    ),
    start="planned",
)  # fmt: skip
MENTOR = PostKind("delivery_mentor", Message("Pengelola pendampingan", "Keeper of mentoring"), RUN)
