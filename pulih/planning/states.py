"""The way of a scenario: it is solved or proven to be impossible, and a plan may be adopted."""

from pulih.common.errors import Message
from pulih.people.permissions import Permission
from pulih.workflow.columns import states_of
from pulih.workflow.states import Machine, Move

from .models import State as S

RUNNING = (S.WAITING, S.SOLVING)
TONES: dict[str, str] = {
    **dict.fromkeys(RUNNING, "info"), S.SOLVED: "good", S.INFEASIBLE: "bad", S.ADOPTED: "good",
}  # fmt: skip
PLAN, ADOPT = Permission.PLAN.value, Permission.ADOPT_PLAN.value


def _by_solver(key: str, label: Message, sources: tuple[str, ...], target: str) -> Move:
    return Move(key, label, sources, target, PLAN, follows=True)


SCENARIO = Machine(
    "planning_scenario",
    Message("skenario", "scenario"),
    states=states_of(S, final=(S.INFEASIBLE, S.WITHDRAWN), tones=TONES),
    moves=(
        Move("queue", Message("Hitung", "Solve"), (S.DRAFT,), S.WAITING, PLAN),
        # A solver that was killed leaves a scenario that is solved from the beginning.
        _by_solver("begin", Message("Mulai hitung", "Begin to solve"), RUNNING, S.SOLVING),
        _by_solver("return", Message("Kembalikan", "Return to draft"), RUNNING, S.DRAFT),
        _by_solver("solve", Message("Simpan rencana", "Keep the plan"), (S.SOLVING,), S.SOLVED),
        _by_solver("refute", Message("Simpan buktinya", "Keep the proof"), (S.SOLVING,),
                   S.INFEASIBLE),
        Move("adopt", Message("Tetapkan", "Adopt"), (S.SOLVED,), S.ADOPTED, ADOPT),
        Move("withdraw", Message("Batalkan penetapan", "Take back"), (S.ADOPTED,), S.WITHDRAWN,
             ADOPT, needs_reason=True),
    ),
    start=S.DRAFT,
)  # fmt: skip
