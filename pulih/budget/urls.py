from django.urls import path

from . import views
from .views import funding, money_of

app_name = "budget"
urlpatterns = [
    path("", views.show_summary, name="summary"),
    path("provinces/<int:pk>/", views.show_province, name="province"),
    path("units/<int:pk>/", views.show_unit, name="unit"),
    path("closing/", views.show_closing, name="closing"),
    path("lines/", views.show_lines, name="lines"),
    path("lines/tag/", views.tag_lines, name="tag-lines"),
    path("lines/<int:pk>/", views.show_line, name="line"),
    path("lines/<int:pk>/tag/", views.tag_line, name="tag-line"),
    path("lines/<int:pk>/description/", views.rule_description, name="rule-description"),
    path("lines/<int:pk>/protect/", views.protect_line, name="protect-line"),
    path("lines/<int:pk>/hold/", views.hold_line, name="hold-line"),
    path("lines/<int:pk>/reserve/", views.reserve_line, name="reserve-line"),
    path("lines/<int:pk>/commit/", views.commit_line, name="commit-line"),
    path("lines/<int:pk>/imprest/", views.request_imprest, name="request-imprest"),
    path("units/<int:pk>/appointments/", views.appointments, name="appointments"),
    path("units/<int:pk>/funds/<int:year>/", views.show_funds, name="funds"),
    path("funds/", views.show_fund_terms, name="fund-terms"),
    path("appointments/<int:pk>/end/", views.end_appointment, name="end-appointment"),
    path("commitments/", views.show_commitments, name="commitments"),
    path("blocks/", views.show_blocks, name="blocks"),
    path("proposals/<int:pk>/", funding.fund_proposal, name="fund-proposal"),
    path("proposals/<int:pk>/money/", money_of.show_money_of, name="money-of-proposal"),
    path("promises/", views.show_promises, name="promises"),
    path("promises/<int:pk>/release/", views.release_promise, name="release-promise"),
    path("postings/", views.show_postings, name="postings"),
    path("entries/", views.show_entries, name="entries"),
    path("postings/<int:pk>/", views.show_posting, name="posting"),
    path("postings/<int:pk>/request/", views.request_payment, name="request-payment"),
    path("postings/<int:pk>/pay/", views.pay, name="pay"),
    path("postings/<int:pk>/return/", views.return_payment, name="return-payment"),
    path("postings/<int:pk>/carry-over/", views.carry_over, name="carry-over"),
    path("postings/<int:pk>/payee/", views.rule_party, name="rule-party"),
    path("postings/<int:pk>/reverse/", views.reverse_posting, name="reverse"),
    path("standards/", views.show_standards, name="standards"),
    path("descriptions/", views.show_descriptions, name="descriptions"),
    path("pok/", views.take_pok_out, name="pok-out"),
]
