"""XML files as NCHS and CMS publish them, plain or in their zip."""

from xml.etree import ElementTree as ET

from codes.importers import files
from codes.importers.loading import Refused


def root_of(path, pattern):
    """(name, root element) of an XML file; raises `Refused` with line and column where it is not whole."""
    with files.opened(path, pattern) as member:
        try:
            return member.name, ET.parse(member.stream).getroot()  # noqa: S314 (expat stops at an inflated entity)
        except (ET.ParseError, ValueError, LookupError) as error:
            line, column = getattr(error, "position", (1, 0))
            raise Refused(
                f"{files.where(member.name, line, column + 1)}: it is not a whole XML file ({error}). {files.AGAIN}"
            ) from error
