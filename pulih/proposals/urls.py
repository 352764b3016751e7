from django.urls import path

from .views import answering, editor, files, ideas, proposals, ranking, rounds

app_name = "proposals"
urlpatterns = [
    path("", proposals.show_list, name="list"),
    path("board/", proposals.show_board, name="board"),
    path("new/", proposals.begin, name="new"),
    path("rounds/", rounds.show_rounds, name="rounds"),
    path("rounds/new/", rounds.edit_round, name="new-round"),
    path("rounds/<int:pk>/", rounds.edit_round, name="round"),
    path("ranking/", ranking.show_ranking, name="ranking"),
    path("ranking/decide/", ranking.decide_together, name="decide-together"),
    path("ideas/", ideas.show_ideas, name="ideas"),
    path("ideas/new/", ideas.send_idea, name="send-idea"),
    path("ideas/<int:pk>/", ideas.show_idea, name="idea"),
    path("ideas/<int:pk>/take-up/", ideas.take_up, name="take-up-idea"),
    path("ideas/<int:pk>/move/", ideas.move_idea, name="move-idea"),
    path("<int:pk>/", proposals.show_proposal, name="proposal"),
    path("<int:pk>/edit/", editor.edit, name="edit"),
    path("<int:pk>/steps/<slug:step>/", answering.move, name="move"),
    path("<int:pk>/verify/", answering.verify, name="verify"),
    path("<int:pk>/assign/", answering.assign, name="assign"),
    path("<int:pk>/review/", answering.review, name="review"),
    path("<int:pk>/decide/", answering.decide, name="decide"),
    path("<int:pk>/versions/<int:first>-<int:second>/", answering.compare, name="compare"),
    path("<int:pk>/sections/", editor.save_sections, name="save-sections"),
    path("<int:pk>/check-row/", editor.check_typed_row, name="check-row"),
    path("<int:pk>/sheet/", files.take_sheet, name="take-sheet"),
    path("<int:pk>/rab.xlsx", files.cost_plan, {"form": "xlsx"}, name="cost-plan-sheet"),
    path("<int:pk>/rab.pdf", files.cost_plan, {"form": "pdf"}, name="cost-plan-paper"),
    path("<int:pk>/kak.pdf", files.terms, name="terms-paper"),
    path("<int:pk>/answer.pdf", files.answer, name="answer-paper"),
    path("<int:pk>/files/", files.attach, name="attach"),
    path("<int:pk>/files/<int:key>/", files.attachment, name="attachment"),
    path("<int:pk>/parts/<slug:kind>/", editor.save_part, name="add-part"),
    path("<int:pk>/parts/<slug:kind>/<int:key>/", editor.save_part, name="save-part"),
]
