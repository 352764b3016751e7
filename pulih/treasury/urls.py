from django.urls import path

from .views import books, differences, papers, reconciliations, requests, supporting, taxes

app_name = "treasury"
urlpatterns = [
    path("reconciliations/", reconciliations.show_reconciliations, name="list"),
    path("reconciliations/<int:pk>/", reconciliations.show_reconciliation, name="reconciliation"),
    path("reconciliations/<int:pk>/post/", differences.post_missing, name="post-missing"),
    path("reconciliations/<int:pk>/again/", differences.compare_again, name="compare-again"),
    path("differences/<int:pk>/", differences.show_difference, name="difference"),
    path("differences/<int:pk>/post/", differences.post_difference, name="post-difference"),
    path(
        "differences/<int:pk>/explain/", differences.explain_difference, name="explain-difference"
    ),
    path("differences/<int:pk>/reopen/", differences.reopen_difference, name="reopen-difference"),
    path("requests/", requests.show_requests, name="requests"),
    path("requests/<int:pk>/", requests.show_request, name="request"),
    path("requests/<int:pk>/examine/", requests.examine, name="examine"),
    path("requests/<int:pk>/send-back/", requests.send_back, name="send-back"),
    path("requests/<int:pk>/submit-again/", requests.submit_again, name="submit-again"),
    path("requests/<int:pk>/supporting/", supporting.name_papers, name="name-papers"),
    path("requests/<int:pk>/taxes/", taxes.state_taxes, name="state-taxes"),
    path(
        "requests/<int:pk>/papers/<slug:kind>/<int:of>/prepare/",
        papers.prepare,
        name="prepare-paper",
    ),
    path("requests/<int:pk>/papers/<slug:kind>/<int:of>/", papers.show, name="paper"),
    path("books/<int:unit>/<int:year>/", books.show_books, name="books"),
    path("books/<int:unit>/<int:year>/cash/", books.move_cash, name="move-cash"),
    path("books/<int:unit>/<int:year>/<int:month>/", books.show_book, name="book"),
    path("books/<int:unit>/<int:year>/<int:month>/file/", books.file_month, name="file-month"),
    path("books/<int:unit>/<int:year>/<int:month>/<slug:form>/", books.book_file, name="book-file"),
    path("taxes/", taxes.show_taxes, name="taxes"),
    path("taxes/late/", taxes.show_late, name="late-taxes"),
    path("taxes/<int:pk>/", taxes.show_tax, name="tax"),
    path("taxes/<int:pk>/withdraw/", taxes.withdraw_proof, name="withdraw-proof"),
    path("imprest/", reconciliations.show_imprest, name="imprest"),
    path("lists/<str:kind>/", reconciliations.take_list_out, name="list-out"),
]
