from django.urls import path

from . import views

app_name = "inbox"
urlpatterns = [
    path("", views.batches, name="list"),
    path("deliver/", views.deliver, name="deliver"),
    path("<int:pk>/", views.batch, name="batch"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/rows/", views.rows, name="rows"),
    path("<int:pk>/problems/", views.problems, name="problems"),
    path("<int:pk>/piece/", views.piece, name="piece"),
    path("<int:pk>/headings/", views.headings, name="headings"),
    path("<int:pk>/checked/", views.checked, name="checked"),
    path("<int:pk>/stop/", views.stop, name="stop"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/withdraw/decide/", views.decide_withdrawal, name="decide-withdrawal"),
    path("<int:pk>/withdraw/keep/", views.keep_file, name="keep-file"),
    path("<int:pk>/restore/", views.restore, name="restore"),
]
