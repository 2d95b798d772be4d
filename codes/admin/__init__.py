"""The desk of editors and reviewers: lay descriptions and guidance, error reports, and what is loaded."""

from codes.admin.code_desk import CodeAdmin
from codes.admin.guidance import GuidanceAdmin
from codes.admin.lay_descriptions import LayDescriptionAdmin
from codes.admin.releases import CodeSetAdmin, ReleaseAdmin
from codes.admin.reports import ErrorReportAdmin

__all__ = [
    "CodeAdmin",
    "CodeSetAdmin",
    "ErrorReportAdmin",
    "GuidanceAdmin",
    "LayDescriptionAdmin",
    "ReleaseAdmin",
]
