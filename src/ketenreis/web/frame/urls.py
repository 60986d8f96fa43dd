"""The beginning of a workspace."""

from django.urls import path
from django.views.generic import RedirectView

urlpatterns = [path("", RedirectView.as_view(pattern_name="journeys:list"), name="start")]
