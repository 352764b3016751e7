from django.urls import path

from . import views

app_name = "workflow"
urlpatterns = [
    path("", views.board, name="tasks"),
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read, name="read"),
    path("mail/", views.mail, name="mail"),
    path("mail/<int:pk>/again/", views.again, name="again"),
    path("posts/", views.posts, name="posts"),
    path("posts/holders/<int:pk>/end/", views.end_holding, name="end-holding"),
]
