"""The MS-DRGs of a diagnosis, in tables by what the grouper asks of it."""

from collections import defaultdict

KINDS = {"SURG": "surgical", "MED": "medical"}
NEWBORNS = "15"  # the MDC
CHOOSES = "As principal diagnosis, MDC {}: the grouper chooses by {}; the loaded file does not say which"
# In the order of the page; the roles are those of `codes.importers.diagnoses`.
ROLES = {
    "PDX": "As principal diagnosis",
    "PSDX": "As principal or secondary diagnosis",
    "MDC 20": CHOOSES.format(20, "rehabilitation therapy, discharge against medical advice and MCCs"),
    "MDC 25": CHOOSES.format(25, "O.R. procedures, related conditions, CCs and MCCs"),
    "SDX": "Counts as a secondary diagnosis in {}",
    "AND PSDX": "Beside another condition that the group asks for",
}
PRINCIPAL = ("PDX", "PSDX", "MDC 20", "MDC 25")


def drg_groups(rows):
    """MS-DRGs by the grouper's role, principal diagnosis first, those of newborns apart."""
    tables = defaultdict(list)
    for row in rows:
        is_newborn = row["role"] in ("PSDX", "SDX") and row.get("mdc") == NEWBORNS
        tables[row["role"], is_newborn].append(row | {"kind": KINDS.get(row.get("type"), "–")})
    in_order = sorted(tables, key=lambda table: place(*table))
    last = next((table for table in reversed(in_order) if table[0] in PRINCIPAL), None)
    return [
        {
            "role": caption(*table, len(tables[table])),
            "is_principal": table[0] in PRINCIPAL,
            "is_last_principal": table == last,
            "rows": tables[table],
        }
        for table in in_order
    ]


def place(role, is_newborn):
    """Where a table stands on the page."""
    return list(ROLES).index(role), is_newborn


def caption(role, is_newborn, count):
    """What a table of so many groups is called."""
    words = ROLES[role].format("this group" if count == 1 else "these groups")
    return f"{words} (newborns, MDC {NEWBORNS})" if is_newborn else words


def principal(context):
    """`637–639` for the groups as principal diagnosis, `521–522, 535–536` where they do not follow each other."""
    drgs = {row["drg"] for group in context["drg_groups"] if group["is_principal"] for row in group["rows"]}
    runs = []
    for drg in sorted(drgs):
        if runs and int(drg) == int(runs[-1][-1]) + 1:
            runs[-1].append(drg)
        else:
            runs.append([drg])
    return (
        ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs) or "none as principal"
    )
