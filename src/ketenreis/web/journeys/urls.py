"""The list, and each journey by its id."""

from django.urls import path

from ketenreis.web.journeys import views

urlpatterns = [
    path("journeys/", views.all_journeys, name="list"),
    path("journeys/<path:journey>/", views.one, name="one"),
]
