"""“Report an error on this page”: a sentence from a reader, with the page, the edition and the day it showed."""

from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from codes.models import Code, ErrorReport
from codes.spelling import normal
from codes.views import asked
from codes.views.errors import no_such_code

SENT = "sent"


class ReportForm(forms.ModelForm):
    """What is wrong, and an address where the reader wants an answer."""

    class Meta:
        model = ErrorReport
        fields = ["text", "email", "date_of_service"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4, "maxlength": 1000}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "date_of_service": forms.HiddenInput,
        }
        labels = {"text": "What is wrong on this page?", "email": "Your e-mail address (optional)"}
        help_texts = {
            "text": "A sentence or two, without anything about a patient.",
            "email": "Only if you would like an answer.",
        }
        error_messages = {"text": {"required": "Write a sentence about what is wrong, then send it again."}}


@require_http_methods(["GET", "HEAD", "POST"])
def report(request, code_set, code):
    """The form; after a report, thanks."""
    found = Code.objects.of(code_set).select_related("code_set").filter(code=normal(code)).first()
    if found is None:
        return no_such_code(request, code_set, code)
    day = asked.date_of_service(request)
    # a hidden field can show no error of its own
    asked.day(request.POST.get("date_of_service", ""), "date of service")
    form = ReportForm(request.POST if request.method == "POST" else None, initial={"date_of_service": day})
    if request.method == "POST" and form.is_valid():
        form.instance.code = found
        form.instance.edition = edition_on(found.code_set, form.cleaned_data["date_of_service"])
        form.save()
        return HttpResponseRedirect(f"{request.path}?{SENT}=yes")
    context = {"code": found, "form": form, "is_sent": SENT in request.GET, "day": day}
    return render(request, "codes/report_form.html", context, status=400 if form.errors else 200)


def edition_on(code_set, day):
    """The edition that the page showed for this day of service, or the latest; empty where none is loaded."""
    releases = code_set.releases.answering(day) if day else code_set.releases.current()
    release = releases.first()
    return release.edition if release else ""
