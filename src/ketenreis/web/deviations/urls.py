"""The deviations of a journey, and the contacts in the events."""

from django.urls import path

from ketenreis.web.deviations import views

urlpatterns = [
    path("deviations/", views.first, name="list"),
    path("deviations/<path:journey>/", views.one, name="one"),
    path("contacts/", views.contacts, name="contacts"),
]
