from django.urls import path

from . import views

app_name = "administration"
urlpatterns = [
    path("people/", views.show_people, name="people"),
    path("administration/record/", views.show_record, name="record"),
    path("administration/unconfirmed/", views.show_unconfirmed, name="unconfirmed"),
    path("administration/checks/", views.show_checks, name="checks"),
    path("administration/checks/run/", views.run_checks, name="run-checks"),
    path("administration/jobs/", views.show_jobs, name="jobs"),
    path("administration/jobs/<int:pk>/", views.show_job, name="job"),
    path("administration/jobs/<int:pk>/retry/", views.retry_job, name="retry-job"),
    path("administration/jobs/<int:pk>/cancel/", views.cancel_job, name="cancel-job"),
]
