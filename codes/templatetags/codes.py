"""How templates write codes, and the line that says what is left."""

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

from codes.spelling import dotted

register = template.Library()
register.filter("dotted", dotted)
OFFER = "Register free account"


@register.filter
def register_link(sentence):
    """The guest's line with its offer as a link; the words stay as they are."""
    link = format_html('<a href="{}">{}</a>', reverse("account_signup"), OFFER)
    return mark_safe(conditional_escape(sentence).replace(OFFER, link))
