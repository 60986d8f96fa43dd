"""Where is each page? Every address begins with its workspace."""

from importlib import import_module
from typing import Any

from django.urls import include, path

from ketenreis.web.blueprint import views as blueprint
from ketenreis.web.features import FEATURES
from ketenreis.web.frame import views

urlpatterns: list[Any] = [
    path("", views.shelf_page, name="shelf"),
    path("blueprint.css", blueprint.style, name="blueprint_style"),
    path("look.css", views.look, name="look"),
    path("language", views.choose_language, name="language"),
    *(
        path(
            "<slug:workspace>/", include((import_module(f"ketenreis.web.{feature.name}.urls"), feature.name))
        )
        for feature in FEATURES
    ),
]
handler404 = "ketenreis.web.frame.views.not_found"
handler500 = "ketenreis.web.frame.views.failed"
handler400 = "ketenreis.web.frame.views.not_understood"
