"""What is imported is looked at, never edited here."""


class ReadOnly:
    """A ModelAdmin without adding, changing and deleting."""

    def has_add_permission(self, request):
        """Rows come with a release."""
        return False

    def has_change_permission(self, request, obj=None):
        """An import would write over it."""
        return False

    def has_delete_permission(self, request, obj=None):
        """A release is taken away by loading another."""
        return False
