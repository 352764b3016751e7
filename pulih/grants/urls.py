from django.urls import path

from . import views

app_name = "grants"
urlpatterns = [
    path("", views.show_list, name="list"),
    path("ageing/", views.show_ageing, name="ageing"),
    path("open/", views.open_all, name="open-all"),
    path("of-handover/<int:pk>/", views.show_of_handover, name="of-handover"),
    path("of-handover/<int:pk>/open/", views.open_one, name="open"),
    path("<int:pk>/", views.show_case, name="case"),
    path("<int:pk>/take/", views.take, name="take"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/paper/", views.paper, name="paper"),
    path("<int:pk>/papers/<slug:step>/", views.step_paper, name="step-paper"),
    path("<int:pk>/papers/<slug:step>/workbook/", views.step_workbook, name="step-workbook"),
]
