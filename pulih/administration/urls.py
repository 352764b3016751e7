from django.urls import path

from . import views

app_name = "administration"
urlpatterns = [
    path("record/", views.show_record, name="record"),
    path("jobs/", views.show_jobs, name="jobs"),
    path("jobs/<int:pk>/", views.show_job, name="job"),
    path("jobs/<int:pk>/retry/", views.retry_job, name="retry-job"),
    path("jobs/<int:pk>/cancel/", views.cancel_job, name="cancel-job"),
]
