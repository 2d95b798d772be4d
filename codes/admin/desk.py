"""What stands on the desk of one code: official text, the lay description's form and buttons, a preview, reports."""

from django.urls import reverse

from codes.admin.official import official
from codes.admin.preview import preview
from codes.admin.verbs import CHANGE, buttons, what_readers_see
from codes.models import Code, ErrorReport, LayDescription


def desk(site, request, code, form=None):
    """The context of the desk's templates; `form` is a bound one that is shown again."""
    lay = stored(code)
    may_write = request.user.has_perm(CHANGE if lay.pk else "codes.add_laydescription")
    form = form or blank_form(site, request, lay)
    return {
        "code": code,
        "lay": lay,
        "official": official(code),
        "is_page": code.kind == Code.Kind.CODE,
        "form": form if may_write else None,
        "conflict": form.conflict,
        "save_url": save_url(lay),
        "buttons": buttons(lay, request.user),
        "what_readers_see": what_readers_see(lay),
        "preview": preview(form["body"].value() or ""),
        "reports": code.error_reports.filter(state=ErrorReport.State.NEW),
    }


def stored(code):
    """The lay description as it stands in the database, or a new one."""
    lay = LayDescription.objects.select_related("submitted_by", "reviewed_by").filter(code=code).first()
    return lay or LayDescription(code=code)


def blank_form(site, request, lay):
    """The form as the lay description's own page makes it."""
    form_class = site.get_model_admin(LayDescription).get_form(request, lay if lay.pk else None)
    return form_class(instance=lay) if lay.pk else form_class(initial={"code": lay.code})


def save_url(lay):
    """Where the form is sent to, from this desk and from the code's."""
    if lay.pk:
        return reverse("admin:codes_laydescription_change", args=[lay.pk])
    return f"{reverse('admin:codes_laydescription_add')}?code={lay.code_id}"
