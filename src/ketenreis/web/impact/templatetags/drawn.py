"""Shares drawn as bars: `{% load drawn %}{% draw_bar bar %}`."""

from django import template

from ketenreis.render.blocks import Bar
from ketenreis.render.charts import bar

register = template.Library()


@register.simple_tag
def draw_bar(of: Bar) -> str:
    """A share as a bar with its norm."""
    return bar(of)
