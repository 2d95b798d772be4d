"""Lay descriptions out to a spreadsheet and back."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from codes import lay_tables
from codes.models import LayDescription
from tests.codes import editors

pytestmark = pytest.mark.django_db
HEADER = "code_set,code,author_role,sources,body"


def table(*lines, header=HEADER):
    return "\n".join([header, *lines]).encode()


def exported():
    file = io.StringIO(newline="")
    lay_tables.write(LayDescription.objects.all(), file)
    return file.getvalue()


def faults(data):
    with pytest.raises(lay_tables.FaultyTable) as error:
        lay_tables.load(data, None)
    return [str(fault) for fault in error.value.faults]


def test_a_row_begins_a_draft():
    editors.code()
    lay_tables.load(table("cpt,20703,Medical editor,A manual,Taking it out."), None)
    lay = LayDescription.objects.get()
    assert (lay.body, lay.sources, lay.state) == ("Taking it out.", "A manual", "draft")


def test_a_changed_row_leaves_what_readers_see():
    lay = editors.published()
    lay_tables.load(table("cpt,20703,Medical editor,,Another text."), None)
    lay.refresh_from_db()
    assert (lay.body, lay.published_body, lay.state) == ("Another text.", editors.TEXT, "draft")


def test_an_export_comes_back_as_no_change():
    editors.published(body='- a list\n- of =things\n\n"quoted", \'tis')
    plan = lay_tables.load(exported().encode("utf-8-sig"), None)
    assert (plan.new, plan.changed, plan.unchanged) == (0, 0, 1)


@pytest.mark.parametrize("body", ["=1+1", "+1", "-1", "@x", "'=1", "''", "'tis", "＝1", "plain"])
def test_formulas_are_disarmed_and_come_back_as_they_were(body):
    escaped = lay_tables.escaped(body)
    assert not escaped.startswith(lay_tables.FORMULA)
    assert lay_tables.unescaped(escaped) == body


def test_no_cell_of_an_export_is_a_formula():
    editors.lay(body="=cmd|' /C calc'!A0", author_role="@x", sources="-1")
    cells = [cell for row in csv.reader(io.StringIO(exported())) for cell in row]
    assert not any(cell.startswith(lay_tables.FORMULA) for cell in cells)


def test_a_dry_run_says_what_would_be_done_and_does_nothing():
    editors.code()
    plan = lay_tables.load(table("cpt,20703,Medical editor,,Taking it out."), None, dry_run=True)
    assert (plan.new, LayDescription.objects.count()) == (1, 0)


def test_one_faulty_row_keeps_all_others_out():
    editors.code()
    assert faults(table("cpt,20703,Medical editor,,Text.", "cpt,99999,Medical editor,,Text."))
    assert not LayDescription.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (table("cpt,99999,Editor,,Text."), "Line 2, column code: “99999” is no code page"),
        (table("cpt,20703,,,Text."), "Line 2, column author_role: "),
        (table("cpt,20703,Editor,,"), "Line 2, column body: "),
        (table("cpt,20703,Editor,,Te\x00xt."), "Line 2, column body: holds a character"),
        (table(f"cpt,20703,{'x' * 121},,Text."), "Line 2, column author_role: "),
        (table(f"cpt,20703,Editor,,{'x' * 20_001}"), "Line 2, column body: is longer"),
        (
            table("cpt,20703,Editor,,A.", "cpt,20703.,Editor,,B."),
            "Line 3, column code: 20703 stands on line 2",
        ),
        (table("cpt,20703,Editor,Text."), "Line 2, column any: 4 cells"),
        (table(header="code_set,code,author_role,sources"), "Line 1, column body: is missing"),
        (table(header=f"{HEADER},bdy"), "Line 1, column bdy: is not known"),
        (table(header=f"{HEADER},code"), "Line 1, column code: is there twice"),
        (table('cpt,20703,Editor,,"Text'), "Line 2, column any: not a CSV line"),
        (b"", "Line 1, column any: the file is empty"),
        (table("cpt,20703,Editor,,x").replace(b"x", b"\xe9"), "Line 2, column any: not UTF-8"),
    ],
)
def test_an_error_names_line_and_column(data, words):
    editors.code()
    assert faults(data)[0].startswith(words)


def test_lines_are_counted_as_an_editor_sees_them():
    editors.code()
    data = table('cpt,20703,Editor,,"One.\n\nTwo."', "cpt,99999,Editor,,Text.")
    assert faults(data)[0].startswith("Line 5, column code")


def test_a_text_saved_since_the_export_is_refused():
    lay = editors.lay()
    data = exported().replace("Removal", "Taking out").encode()
    lay.revise(None, body="Saved in between.")
    assert faults(data)[0].startswith("Line 2, column version: ")


# the pages


@pytest.fixture
def browser():
    return editors.browser(editors.account("Editor"))


IMPORT = "/admin/codes/laydescription/import/"


def file_of(data):
    file = io.BytesIO(data)
    file.name = "texts.csv"
    return file


def test_the_export_is_a_file_that_spreadsheets_read(browser):
    editors.lay()
    response = browser.get("/admin/codes/laydescription/export/")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith("\ufeffcode_set,code,".encode())


def test_a_file_is_checked_first_and_imported_by_a_second_button(browser):
    editors.code()
    page = browser.post(IMPORT, {"file": file_of(table("cpt,20703,Medical editor,,Taking it out."))})
    assert b"New: 1. Changed: 0." in page.content
    assert not LayDescription.objects.exists()
    browser.post(IMPORT, {"checked": page.context["form"]["checked"].value(), "_import": ""})
    assert LayDescription.objects.get().history.get().history_user.email == "editor@example.org"


def test_a_faulty_file_is_answered_cell_by_cell(browser):
    response = browser.post(IMPORT, {"file": file_of(table("cpt,99999,Editor,,x"))})
    assert response.status_code == 400
    assert "Line 2, column code: “99999”" in response.content.decode()


@pytest.mark.parametrize("data", [{}, {"checked": ""}])
def test_a_missing_file_is_asked_for(browser, data):
    assert b"Choose the CSV file first." in browser.post(IMPORT, data).content


def test_a_file_that_is_too_large_is_refused(browser):
    assert b"Split it" in browser.post(IMPORT, {"file": file_of(b"x" * 1_600_000)}).content


def test_tables_are_for_those_who_write(client):
    reader = editors.browser(editors.account())
    for address in (IMPORT, "/admin/codes/laydescription/export/"):
        assert client.get(address).status_code == 302
        assert reader.get(address).status_code in (302, 403)


# the commands


def test_the_commands_write_and_read_the_same_table(tmp_path, capsys):
    editor = editors.account("Editor")
    lay = editors.lay(by=editor)
    file = tmp_path / "texts.csv"
    call_command("export_lay_descriptions", file)
    file.write_text(file.read_text("utf-8").replace("Removal", "Taking out"), "utf-8")
    call_command("import_lay_descriptions", file, by="EDITOR@example.org")
    assert "0 new, 1 changed, 0 as before: loaded" in capsys.readouterr().out
    lay.refresh_from_db()
    assert lay.body.startswith("Taking out")


@pytest.mark.parametrize(
    ("content", "by", "words"),
    [
        (b"code\n", None, "Line 1, column"),
        (None, None, "cannot be read"),
        (b"", "nobody@example.org", "There is no account"),
    ],
)
def test_the_import_command_says_what_is_wrong(tmp_path, content, by, words):
    file = tmp_path / "texts.csv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=words) as error:
        call_command("import_lay_descriptions", file, by=by)
    assert error.value.returncode == 2
