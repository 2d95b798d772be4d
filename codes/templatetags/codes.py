"""How templates write codes."""

from django import template

from codes.spelling import dotted

register = template.Library()
register.filter("dotted", dotted)
