"""Draws the AMA's files small, every word our own."""

WORDS = {  # number → (short, medium, long)
    "20703": (
        "Taken out in bone drawn",
        "Drawn: taking out a carrier inside bone",
        "Drawn: taking a carrier out of a bone",
    ),
    "20799": (
        "Odd carrier drawn",
        "Drawn: another thing with a carrier",
        "Drawn: something else with a carrier",
    ),
    "0042T": ("Flow picture drawn", "Drawn: a picture of flow", "Drawn: a picture of the flow in the head"),
    "99213": ("Visit drawn", "Drawn: a visit of a known patient", "Drawn: a visit by somebody known"),
}
PROSE = "Drawn for a test, in the layout of CPT 2026\nNothing in it is the publisher’s.\n\n"


def files(words=WORDS):
    """Name → text of the files of an edition."""
    return {
        "SHORTU.txt": "".join(f"{code} {short:<28}\n" for code, (short, _, _) in words.items()),
        "MEDU.txt": "".join(f"{code} {medium:<48}\n" for code, (_, medium, _) in words.items()),
        "LONGULT.txt": PROSE + "".join(f"{code}\t{long}\n" for code, (_, _, long) in words.items()),
        "MODUL.txt": "25\tDrawn words of a modifier\n",
        "ConsumerDescriptor.txt": "Prose\n\nConcept Id\tCPT Code\tConsumer Friendly Descriptor\n"
        "1\t20703\tDrawn plainly: rod withdrawn\n",
        "ClinicianDescriptor.txt": "Prose\n\nConcept Id\tCPT Code\tClinician Descriptor Id\tClinician Descriptor\n"
        "1\t20703\t1\tDrawn zyxwand extraction\n1\t20703\t2\tDrawn zyxwand retrieval\n",
    }


def folder(path, given=None):
    """Write the files into a folder; returns it."""
    path.mkdir(exist_ok=True)
    for name, text in (given or files()).items():
        (path / name).write_text(text, "utf-8")
    return path
