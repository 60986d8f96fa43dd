"""Every chain with its gate, one chain, and the page of its meeting."""

from django.urls import path

from ketenreis.web.readiness import views

urlpatterns = [
    path("readiness/", views.all_chains, name="list"),
    path("readiness/<path:chain>/meeting/", views.meeting, name="meeting"),
    path("readiness/<path:chain>/slide.pptx", views.slide, name="slide"),
    path("readiness/<path:chain>/", views.one, name="one"),
]
