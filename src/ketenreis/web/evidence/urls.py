"""The sources, an upload, and work under way."""

from django.urls import path

from ketenreis.web.evidence import views

urlpatterns = [
    path("evidence/", views.sources, name="list"),
    path("evidence/withdraw", views.withdraw, name="withdraw"),
    path("evidence/labels/", views.labels, name="labels"),
    path("evidence/file/<slug:upload>/", views.look, name="look"),
    path("evidence/job/<int:job>/", views.job, name="job"),
    path("evidence/job/<int:job>/cancel", views.cancel, name="cancel"),
]
