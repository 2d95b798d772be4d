"""allauth's forms in our words, and the forms of the account page."""

from allauth.account import forms as allauth
from allauth.account.models import EmailAddress
from django import forms
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.shortcuts import redirect

HINT = "At least 8 characters: not only numbers, no common password, nothing close to your e-mail address."


class OurWords:
    """Labels above the fields instead of placeholders inside them, and one short hint."""

    labels = {
        "email": "E-mail address",
        "login": "E-mail address",
        "password": "Password",
        "password1": "New password",
        "password2": "New password again",
        "oldpassword": "Current password",
        "code": "Code",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels[name]
            field.help_text = HINT if name == "password1" else ""
            if name == "email":
                self._as_long_as_kept(field)

    def _as_long_as_kept(self, field):
        field.widget.attrs["maxlength"] = field.max_length = EmailAddress._meta.get_field("email").max_length
        field.validators.append(MaxLengthValidator(field.max_length))


class SignupForm(OurWords, allauth.SignupForm):
    """Registering: e-mail address and password, nothing else."""

    labels = OurWords.labels | {"password1": "Password", "password2": "Password again"}

    def try_save(self, request):
        """The new reader; the second half of a double click goes on to the log-in."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            return None, redirect("account_login")


class LoginForm(OurWords, allauth.LoginForm):
    """Log-in with a password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class AddEmailForm(OurWords, allauth.AddEmailForm):
    """A new e-mail address."""

    labels = {"email": "New e-mail address"}

    @transaction.atomic
    def save(self, request):
        """Keep the new address beside the one in use until its mail is answered.

        allauth drops every address that is not confirmed first, the one in use among them: such a reader
        would have none left to log in with.
        """
        addresses = EmailAddress.objects.filter(user=self.user)
        addresses.filter(verified=False).exclude(email=self.user.email).delete()
        return EmailAddress.objects.add_email(request, self.user, self.cleaned_data["email"], confirm=True)


class ChangePasswordForm(OurWords, allauth.ChangePasswordForm):
    """A new password for the old one."""


class SetPasswordForm(OurWords, allauth.SetPasswordForm):
    """A first password."""


class ResetPasswordForm(OurWords, allauth.ResetPasswordForm):
    """Where to send the link."""


class ResetPasswordKeyForm(OurWords, allauth.ResetPasswordKeyForm):
    """A new password by the link."""


class RequestLoginCodeForm(OurWords, allauth.RequestLoginCodeForm):
    """Where to send the code."""


class ConfirmLoginCodeForm(OurWords, allauth.ConfirmLoginCodeForm):
    """The code from the mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false"}


class ReauthenticateForm(OurWords, allauth.ReauthenticateForm):
    """The password once more."""


class AskForm(forms.Form):
    """A reader asks for more page views."""

    words = forms.CharField(
        label="What do you need them for? (as you like)",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DeletionForm(forms.Form):
    """The reader's password, or where there is none the address typed once more."""

    password = forms.CharField(
        strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    email = forms.EmailField(
        label="Your e-mail address once more", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def __init__(self, user, *args, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)
        del self.fields["email" if user.has_usable_password() else "password"]

    def clean(self):
        """The last operator stays: nobody else could let another one in."""
        if self.user.is_last_operator:
            raise forms.ValidationError(
                "This is the only account that may do everything in the admin. "
                "Give that right to another account first."
            )

    def clean_password(self):
        """The reader's own password."""
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError("That is not your password.")

    def clean_email(self):
        """The reader's own address."""
        if self.cleaned_data["email"].lower() != self.user.email.lower():
            raise forms.ValidationError("That is not the address of this account.")
