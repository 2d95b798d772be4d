"""Our own texts: Markdown to safe HTML, in which the codes that are named become links.

How a code is written says whose it is: `E11.9` is ICD-10-CM, `20703` CPT, `A4253` HCPCS, `MS-DRG 637` a
group. So a HCPCS code never becomes the diagnosis with the same letters, nor a plain number a group.
"""

import re

import nh3
from django.urls import reverse
from markdown_it import MarkdownIt
from markdown_it.token import Token

from codes.spelling import dotted, normal

TAGS = {"p", "br", "h3", "h4", "ul", "ol", "li", "strong", "em", "blockquote", "a", "code", "hr"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}  # a page's own end at h2

MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])

# the first group that matches names the code set
CODES = re.compile(
    r"""(?<![\w.-])(?:
        (?:MS-DRGs?|DRGs?)\ (?P<drg>\d{3})
      | (?P<diagnosis>[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?)
      | (?P<cpt>\d{5}|\d{4}[FTUM])
      | (?P<hcpcs>[A-Z]\d{4})
      | (?P<procedure>[0-9A-HJ-NP-Z]{7})
    )(?!\w|[-–.]\w)""",
    re.VERBOSE,
)
RANGES = re.compile(
    r"(?<![\w.–-])(?:(?P<cpt>\d{5}[-–]\d{5})|(?P<diagnosis>[A-Z]\d[0-9A-Z][-–][A-Z]\d[0-9A-Z]))(?![\w–-]|\.\w)"
)
STEM = re.compile(r"\.?-(?!\w)")  # `E10.-`, `O24.4-`: the code with all below it
ENDS = re.compile(r"[-–]")
CODE_SETS = {
    "drg": "ms-drg",
    "diagnosis": "icd-10-cm",
    "cpt": "cpt",
    "hcpcs": "hcpcs",
    "procedure": "icd-10-pcs",
}


def html(body, known=frozenset()):
    """The text as HTML of nothing but `TAGS`; `known` are the (code set, undotted code) pairs to link."""
    tokens = MARKDOWN.parse(body)
    for token in tokens:
        token.tag = HEADINGS.get(token.tag, token.tag)
        if token.type == "inline" and known:
            token.children = list(with_links(token.children, known))
    rendered = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    return nh3.clean(rendered, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)


def mentioned(body):
    """Codes and ranges that the text may name, undotted, each once, in the order of the text."""
    return list(dict.fromkeys(code for _, _, _, code in sorted(candidates(body))))


def candidates(text):
    """(start, end, code set, undotted code) of what is written like a code; ranges and their ends overlap."""
    for match in RANGES.finditer(text):
        yield found(match)
        first, last = ENDS.split(match[0])
        yield match.start(), match.start() + len(first), found(match)[2], first
        yield match.end() - len(last), match.end(), found(match)[2], last
    for match in CODES.finditer(text):
        yield found(match)


def found(match):
    """(start, end, code set, undotted code) of one match, without words such as MS-DRG before it."""
    group = match.lastgroup
    return match.start(group), match.end(group), CODE_SETS[group], normal(match[group])


def with_links(children, known):
    """The inline tokens with links around known codes; text inside a link or a code span stays as it is."""
    depth = 0
    for token in children:
        depth += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type == "text" and not depth:
            yield from linked(token.content, known)
        else:
            yield token


def linked(text, known):
    """Tokens of a stretch of text, each known code a link, a stem with its dash; the longer of two that overlap."""
    at = 0
    for start, end, code_set, code in sorted(candidates(text), key=lambda each: (each[0], -each[1])):
        if start >= at and (code_set, code) in known:
            stem = STEM.match(text, end)
            yield plain(text[at:start])
            at = stem.end() if stem else end
            yield from link(text[start:at], code_set, code)
    yield plain(text[at:])


def plain(text):
    """A token of plain text."""
    return Token("text", "", 0, content=text)


def link(words, code_set, code):
    """Tokens of a link to a code's page."""
    href = reverse("codes:code", args=[code_set, dotted(code_set, code)])
    yield Token("link_open", "a", 1, attrs={"href": href})
    yield plain(words)
    yield Token("link_close", "a", -1)
