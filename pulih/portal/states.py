"""The way of a release from its draft to what everyone sees. Knows no Django."""

from pulih.common.errors import Message
from pulih.workflow.states import Machine, Move, State

# Keys of `people.Permission`, which this pure table does not import.
PREPARE, PUBLISH = "prepare_releases", "publish_releases"

RELEASE = Machine(
    "release",
    Message("rilis", "release"),
    states=(
        State("draft", Message("draf", "draft")),
        State("protected", Message("disamarkan", "protected"), tone="info"),
        State("checked", Message("diperiksa", "checked"), tone="info"),
        State("published", Message("terbit", "published"), tone="good"),
        State("replaced", Message("diganti", "replaced"), final=True),
        State("withdrawn", Message("ditarik", "withdrawn"), final=True, tone="bad"),
        State("discarded", Message("dibuang", "discarded"), final=True),
    ),
    moves=(
        Move(
            "protect",
            Message("Samarkan", "Protect"),
            ("draft",),
            "protected",
            PREPARE,
            is_drawn=False,
        ),
        Move("check", Message("Periksa", "Check"), ("protected",), "checked", PREPARE),
        Move("publish", Message("Terbitkan", "Publish"), ("checked",), "published", PUBLISH),
        Move(
            "discard",
            Message("Buang", "Discard"),
            ("draft", "protected", "checked"),
            "discarded",
            PREPARE,
            needs_reason=True,
        ),
        Move(
            "replace",
            Message("Ganti", "Replace"),
            ("published",),
            "replaced",
            PUBLISH,
            is_drawn=False,
        ),
        Move(
            "withdraw",
            Message("Tarik", "Withdraw"),
            ("published",),
            "withdrawn",
            PUBLISH,
            needs_reason=True,
            is_drawn=False,  # Its form asks for the reason in both languages.
        ),
    ),
    start="draft",
)
