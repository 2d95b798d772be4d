"""The desk of editors and reviewers: codes with their lay descriptions, error reports, and what is loaded."""

from codes.admin.code_desk import CodeAdmin
from codes.admin.lay_descriptions import LayDescriptionAdmin
from codes.admin.releases import CodeSetAdmin, ReleaseAdmin
from codes.admin.reports import ErrorReportAdmin

__all__ = ["CodeAdmin", "CodeSetAdmin", "ErrorReportAdmin", "LayDescriptionAdmin", "ReleaseAdmin"]
