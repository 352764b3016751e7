from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("signed-in/", views.own_sign_ins, name="own-sign-ins"),
    path("signed-in/end/", views.end_own, name="end-own"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/active/", views.set_active, name="set-active"),
    path("<int:pk>/role/", views.change_role, name="change-role"),
    path("<int:pk>/sign-in/", views.reset_sign_in, name="reset-sign-in"),
    path("<int:pk>/signed-in/end/", views.end_sign_ins, name="end-sign-ins"),
    path("reaches/<int:pk>/end/", views.end_reach, name="end-reach"),
]
