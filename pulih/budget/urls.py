from django.urls import path, register_converter

from . import views
from .views import funding


class YearConverter:
    """A fiscal year in an address; no unit has lines in others."""

    regex = "20[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04}"


register_converter(YearConverter, "year")

app_name = "budget"
urlpatterns = [
    path("", views.show_summary, name="summary"),
    path("provinces/<int:pk>/", views.show_province, name="province"),
    path("units/<int:pk>/", views.show_unit, name="unit"),
    path("lines/", views.show_lines, name="lines"),
    path("lines/tag/", views.tag_lines, name="tag-lines"),
    path("lines/<int:pk>/", views.show_line, name="line"),
    path("lines/<int:pk>/tag/", views.tag_line, name="tag-line"),
    path("lines/<int:pk>/protect/", views.protect_line, name="protect-line"),
    path("lines/<int:pk>/hold/", views.hold_line, name="hold-line"),
    path("lines/<int:pk>/reserve/", views.reserve_line, name="reserve-line"),
    path("lines/<int:pk>/commit/", views.commit_line, name="commit-line"),
    path("lines/<int:pk>/imprest/", views.request_imprest, name="request-imprest"),
    path("units/<int:pk>/appointments/", views.appointments, name="appointments"),
    path("appointments/<int:pk>/end/", views.end_appointment, name="end-appointment"),
    path("commitments/", views.show_commitments, name="commitments"),
    path("blocks/", views.show_blocks, name="blocks"),
    path("proposals/<int:pk>/", funding.fund_proposal, name="fund-proposal"),
    path("promises/", views.show_promises, name="promises"),
    path("promises/<int:pk>/release/", views.release_promise, name="release-promise"),
    path("postings/", views.show_postings, name="postings"),
    path("entries/", views.show_entries, name="entries"),
    path("postings/<int:pk>/", views.show_posting, name="posting"),
    path("postings/<int:pk>/request/", views.request_payment, name="request-payment"),
    path("postings/<int:pk>/order/", views.order_payment, name="order-payment"),
    path("postings/<int:pk>/pay/", views.pay, name="pay"),
    path("postings/<int:pk>/return/", views.return_payment, name="return-payment"),
    path("postings/<int:pk>/payee/", views.rule_party, name="rule-party"),
    path("postings/<int:pk>/reverse/", views.reverse_posting, name="reverse"),
    path("revisions/", views.show_revisions, name="revisions"),
    path("revisions/<int:pk>/", views.show_revision, name="revision"),
    path("revisions/<int:pk>/change/", views.change_revision, name="change-revision"),
    path("revisions/<int:pk>/propose/", views.propose_revision, name="propose-revision"),
    path("revisions/<int:pk>/approve/", views.approve_revision, name="approve-revision"),
    path("revisions/<int:pk>/return/", views.return_revision, name="return-revision"),
    path("revisions/<int:pk>/force/", views.force_revision, name="force-revision"),
    path("revisions/<int:pk>/withdraw/", views.withdraw_revision, name="withdraw-revision"),
    path("movements/<int:pk>/details/", views.movement_details, name="movement-details"),
    path("units/<int:pk>/<year:year>/revise/", views.new_revision, name="new-revision"),
    path("units/<int:pk>/<year:year>/revise/sum/", views.sum_revision, name="sum-revision"),
    path("units/<int:pk>/<year:year>/remap/", views.remap_lines, name="remap"),
    path("units/<int:pk>/<year:year>/cash-plan/", views.show_cash_plan, name="cash-plan"),
    path("units/<int:pk>/<year:year>/cash-plan/sheet/", views.read_plan_sheet, name="plan-sheet"),
    path("cash-plans/", views.take_plans_out, name="plans-out"),
    path("standards/", views.show_standards, name="standards"),
    path("reconciliations/", views.show_reconciliations, name="reconciliations"),
    path("reconciliations/<int:pk>/", views.show_reconciliation, name="reconciliation"),
    path("reconciliations/<int:pk>/post/", views.post_missing, name="post-missing"),
    path("reconciliations/<int:pk>/again/", views.compare_again, name="compare-again"),
    path("differences/<int:pk>/", views.show_difference, name="difference"),
    path("differences/<int:pk>/post/", views.post_difference, name="post-difference"),
    path("differences/<int:pk>/explain/", views.explain_difference, name="explain-difference"),
    path("differences/<int:pk>/reopen/", views.reopen_difference, name="reopen-difference"),
    path("imprest/", views.show_imprest, name="imprest"),
    path("pok/", views.take_pok_out, name="pok-out"),
    path("lists/<str:kind>/", views.take_list_out, name="list-out"),
]
