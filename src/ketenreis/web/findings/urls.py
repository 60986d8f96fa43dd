"""The inbox, and what can be done with a finding."""

from django.urls import path

from ketenreis.web.findings import views

urlpatterns = [
    path("findings/", views.inbox, name="list"),
    path("findings/dismiss", views.dismiss, name="dismiss"),
    path("findings/back", views.bring_back, name="back"),
]
