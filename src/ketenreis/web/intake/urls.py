"""Bringing a new process or journey, or more into one that is there."""

from django.urls import path

from ketenreis.web.intake import views

urlpatterns = [
    path("bring/process/", views.bring, {"kind": "process"}, name="process"),
    path("bring/journey/", views.bring, {"kind": "journey"}, name="journey"),
    path("bring/process/<path:into>/", views.bring, {"kind": "process"}, name="into_process"),
    path("bring/journey/<path:into>/", views.bring, {"kind": "journey"}, name="into_journey"),
]
