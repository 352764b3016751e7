"""What checks are called, and why each of them answers as it does."""

from django.utils.translation import gettext_lazy as _

CHECKS = {
    "nik_form": _("NIK in proper form"),
    "registry_match": _("NIK matches the civil registry"),
    "public_employee": _("no civil servant, soldier, police officer or employee of a state firm"),
    "deceased": _("alive"),
    "abroad": _("lives in the country"),
    "size": _("small or medium firm"),
    "other_credit": _("no bank credit"),
    "received_before": _("received nothing yet"),
    "same_name_address": _("no double with another number"),
    "not_in_decree": _("named in the decree"),
    "paid_before": _("not paid before"),
}
BECAUSE = {
    "": "",
    "no_nik": _("no NIK is recorded"),
    "impossible_nik": _("this NIK cannot be anybody's"),
    "no_list": _("no list of this kind covers the province"),
    "old_list": _("the newest list is too old"),
    "no_answer": _("the civil registry has not answered about this number"),
    "registry_mismatch": _("the civil registry says that number and name do not belong together"),
    "other_name_asked": _("the civil registry was asked about another name"),
    "public_employee": _("stands in a list of those whom the state employs"),
    "deceased": _("is said to have died"),
    "abroad": _("is said to have moved abroad"),
    "large_firm": _("the firm is large"),
    "no_firm": _("no firm of the register is named"),
    "unknown_scale": _("the size of the firm is not known"),
    "other_credit": _("stands in a list of bank credit"),
    "sits_elsewhere": _("has a seat in the same programme and year elsewhere"),
    "applied_twice": _("applied twice with one NIK"),
    "received_before": _("stands in a list of another programme"),
    "namesake_at_address": _("somebody of this name and address applied with another NIK"),
    "namesake_in_village": _("a namesake of the same village applied; an address is missing"),
    "not_in_decree": _("has no seat by the decree"),
    "twice_in_payment": _("stands twice among those to be paid"),
    "paid_before": _("stands in the list of payments"),
}
# Why somebody is chosen or not, by whether and by the reason of the selection.
REASONS = {
    (True, "score"): _("chosen by score"),
    (True, "draw"): _("chosen by the draw"),
    (False, "score"): _("below the line"),
    (False, "draw"): _("at the line, lost the draw"),
    (False, "partner"): _("somebody of the household is chosen"),
    (False, "full"): _("no place under the rules"),
}
MOVED_UP = _("took a place that became free")
# What criteria ask of the chosen, before the number.
LEAST = {
    "women": _("Women at least"),
    "disability": _("People with a disability at least"),
    "laid_off": _("Laid-off people at least"),
}
# What one of each costs.
COSTS = {
    "person": _("participant"),
    "hour": _("lesson hour (JP) of a participant"),
    "piece": _("piece that passed the check"),
}
# Why a participant is not paid by a row of the plan.
NOT_PAID = {
    "listed": _("stands in another list already"),
    "no_seat": _("has no seat by the decree"),
    "provisional": _("the seat is provisional: no NIK is recorded"),
    "absent": _("was not present on any day"),
    "not_completed": _("did not complete the training"),
    "not_recorded": _("attendance is incomplete"),
    "not_checked": _("the checks before payment have not met the person"),
    "blocked": _("a check before payment stands in the way"),
}
# Why who taught is not paid for a session, or at all, by a row of the plan.
NOT_PAID_TEACHER = {
    "not_taught": _("nobody recorded what this person taught"),
    "not_held": _("nobody is marked present in the session"),
    "paid": _("stands in another list already"),
    "elsewhere": _("taught another class in the same hours"),
    "under_an_hour": _("taught less than an hour"),
    "no_nik": _("no NIK is recorded"),
    "tax_unknown": _("what decides the tax is not recorded"),
}
# How far a nominative list has come.
LIST_STATES = {
    "made": _("made"),
    "requested": _("payment requested"),
    "ordered": _("payment ordered"),
    "partly_paid": _("partly paid"),
    "paid": _("paid"),
    "taken_back": _("request reversed"),
    "withdrawn": _("withdrawn"),
}
# How far those who applied came.
STEPS = {
    "applied": _("applied"),
    "verified": _("passed every check"),
    "selected": _("has a place in a class"),
    "completed": _("completed the training"),
    "certified": _("holds a certificate"),
    "has_kit": _("received the tools"),
    "has_nib": _("has a firm with a NIB"),
    "has_product_certificate": _("has a certificate for the product"),
    "producing_3": _("produces after 3 months"),
    "producing_6": _("produces after 6 months"),
    "producing_12": _("produces after 12 months"),
}
# Of whom a funnel tells.
FUNNEL_GROUPS = {
    "all": _("All"),
    "woman": _("Women"),
    "man": _("Men"),
    "disability": _("With a disability"),
    "laid_off": _("Laid off"),
}
