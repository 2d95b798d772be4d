"""The form of a lay description: it notices who saved in between, and loses nothing that was typed."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError

from codes.admin.differences import content_of, differences
from codes.admin.verbs import VERBS, buttons, needs_reason
from codes.models import Code, LayDescription
from codes.models.editing import CONTENT, LONGEST_BODY


@dataclass(frozen=True)
class Conflict:
    """What someone else saved while this editor was writing."""

    who: str
    when: datetime
    what: str
    differences: list

    @classmethod
    def between(cls, current, typed):
        """From the row as it stands and the text in the form."""
        line = current.history.select_related("history_user").first()
        return cls(
            str(line.history_user or "The site"),
            line.history_date,
            line.history_change_reason or "Changed the text",
            differences(content_of(current), content_of(current) | typed),
        )


class LayDescriptionForm(forms.ModelForm):
    """Text, author and sources; `user` is set by the admin on the class that it makes of this one."""

    user = None
    conflict = None

    code = forms.ModelChoiceField(Code.objects.filter(kind=Code.Kind.CODE), widget=forms.HiddenInput)
    body = forms.CharField(
        label="Text",
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true"}),
        help_text=LayDescription._meta.get_field("body").help_text,
    )
    sources = forms.CharField(
        required=False,
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=LayDescription._meta.get_field("sources").help_text,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=1000,
        widget=forms.TextInput,
        help_text="Needed to return or withdraw a text; its editor reads it here.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.verb = VERBS.get(self.data.get("_verb", ""))
        if self.instance.pk:
            del self.fields["code"]
            self.fields["seen_version"].initial = self.instance.version
        if not any(verb.takes_reason for verb in buttons(self.instance, self.user)):
            del self.fields["reason"]

    def clean_body(self):
        """Browsers send other line ends than we keep."""
        return unix_lines(self.cleaned_data["body"])

    def clean_sources(self):
        """As for the body."""
        return unix_lines(self.cleaned_data["sources"])

    def clean(self):
        """Refuse what was overtaken by someone else's save, or cannot be done now."""
        cleaned = super().clean()
        current = self._current()
        self._check_version(current)
        if self.verb and not self.errors:
            self._check_verb(current)
        return cleaned

    @property
    def content(self):
        """What is typed, as far as it is valid."""
        return {name: self.cleaned_data[name] for name in CONTENT if name in self.cleaned_data}

    def _current(self):
        """The row as it stands, locked until the save is done; the new one where there is none."""
        if not self.instance.pk:
            return self.instance
        return LayDescription.objects.select_for_update(of=["self"]).get(pk=self.instance.pk)

    def _check_version(self, current):
        if not current.pk or self.cleaned_data.get("seen_version") == current.version:
            return
        self.conflict = Conflict.between(current, self.content)
        # the next save is made in knowledge of theirs, which stays in the history
        self.data = self.data.copy()
        self.data["seen_version"] = current.version
        raise ValidationError(
            "Someone else saved this text while you were writing. Nothing of yours was saved yet, and nothing of it "
            "is lost: it is in the form below. Compare, take over what you need, and save again."
        )

    def _check_verb(self, current):
        if not self.user.has_perm(self.verb.needs):
            raise PermissionDenied
        refusal = current.why_not(self.verb.name, current.state_with(content_of(current) | self.content))
        if refusal:
            raise ValidationError(refusal)
        if needs_reason(self.verb, current, self.user) and not self.cleaned_data.get("reason"):
            self.add_error("reason", f"Say why in a sentence, then press “{self.verb.button}” again.")


def unix_lines(text):
    """The text with plain line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
