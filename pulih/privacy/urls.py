from django.urls import path

from . import views

app_name = "privacy"
urlpatterns = [
    path("", views.show_list, name="list"),
    path("register/", views.show_register, name="register"),
    path("new/", views.new_request, name="new"),
    path("<int:pk>/", views.show_request, name="request"),
    path("<int:pk>/answer/", views.answer, name="answer"),
    path("<int:pk>/copy/", views.copy, name="copy"),
    path("<int:pk>/erase/", views.erase, name="erase"),
]
