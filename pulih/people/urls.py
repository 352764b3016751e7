from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("", views.people, name="list"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/active/", views.set_active, name="set-active"),
    path("<int:pk>/sign-in/", views.reset_sign_in, name="reset-sign-in"),
    path("reaches/<int:pk>/end/", views.end_reach, name="end-reach"),
]
