from django.urls import path

from . import views

app_name = "stalls"
urlpatterns = [
    path("", views.show_list, name="list"),
    path("ask/", views.ask, name="ask"),
    path("<int:pk>/", views.show_stall, name="stall"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/permit/", views.paper, name="permit"),
]
