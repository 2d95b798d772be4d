"""Time bars of a pair: SVG figures of what its table says, solid where the file knows, hatched where it does not."""

from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
WIDTH, LEFT = 960, 150  # of the drawing, and where its time begins, in its own units
ROW, TOP, BAR = 34, 28, 20
MOST_TICKS = 10


@dataclass(frozen=True)
class Axis:
    """The span of days that is drawn."""

    first: date
    last: date

    def x(self, day):
        """Where a day stands."""
        share = (min(max(day, self.first), self.last) - self.first).days / max(
            (self.last - self.first).days, 1
        )
        return round(LEFT + share * (WIDTH - LEFT), 1)


def time_bars(orders, windows, answer):
    """Rows of bars for both orders of a pair with ticks, the file's end and the day asked for."""
    axis = axis_of(windows, answer)
    rows = [row(at, order, windows, axis, answer) for at, order in enumerate(orders)]
    return {
        "width": WIDTH,
        "height": TOP + ROW * len(rows) + 24,
        "rows": rows,
        "ticks": [{"x": axis.x(date(year, 1, 1)), "year": year} for year in years(axis)],
        "day": {"x": axis.x(answer.day), "y": TOP + ROW * len(rows) + 16, "label": answer.day},
        "bottom": TOP + ROW * len(rows),
    }


def axis_of(windows, answer):
    """From a year before the first day that is known to a year after the file's end."""
    known = [day for each in windows for day in (each["effective_on"], each["terminated_on"]) if day]
    first = min([date.fromisoformat(day) for day in known] + [answer.day, answer.quarter_begins])
    return Axis(date(first.year - 1, 1, 1), date(answer.edition.ends_on.year + 2, 1, 1))


def years(axis):
    """The years that are named on the axis."""
    count = axis.last.year - axis.first.year + 1
    step = next(step for step in (1, 2, 5, 10, 20) if count <= step * MOST_TICKS or step == 20)
    return [year for year in range(axis.first.year + 1, axis.last.year) if year % step == 0]


def row(at, order, windows, axis, answer):
    """The bars of one order, adjoining windows with one indicator as one."""
    y = TOP + ROW * at
    own = [
        each
        for each in windows
        if (each["column_one"], each["column_two"]) == order and each["indicator"] != 9
    ]
    ends = answer.edition.ends_on
    bars = [
        bar(each, axis, ends, y) for each in joined(sorted(own, key=lambda each: each["effective_on"] or ""))
    ]
    beyond = axis.x(ends + DAY)
    return {
        "label": f"{order[0]} over {order[1]}",
        "label_y": y + 14,
        "bars": bars,
        "beyond": {"x": beyond, "y": y, "width": round(WIDTH - beyond, 1), "height": BAR} if bars else None,
        "x": LEFT,
    }


def joined(windows):
    """Windows of which one begins the day after another with the same indicator ends, as one."""
    found = []
    for each in windows:
        last = found[-1] if found else None
        if last and last["indicator"] == each["indicator"] and follows(last, each):
            found[-1] = last | {"terminated_on": each["terminated_on"]}
        else:
            found.append(each)
    return found


def follows(last, each):
    """Whether a window begins on the day after another."""
    if not (last["terminated_on"] and each["effective_on"]):
        return False
    return date.fromisoformat(last["terminated_on"]) + DAY == date.fromisoformat(each["effective_on"])


def bar(each, axis, ends, y):
    """One bar."""
    begins = date.fromisoformat(each["effective_on"]) if each["effective_on"] else axis.first
    over = min(date.fromisoformat(each["terminated_on"]), ends) if each["terminated_on"] else ends
    x = axis.x(begins)
    width = max(round(axis.x(over + DAY) - x, 1), 3)
    return {
        "x": x,
        "y": y,
        "width": width,
        "height": BAR,
        "indicator": each["indicator"],
        "is_hatched": not each["effective_on"],
        "text_x": round(x + width / 2, 1),
        "text_y": y + 14,
        "title": f"indicator {each['indicator']}, {each['effective_on'] or 'start not in this file'} to "
        f"{each['terminated_on'] or 'open'}",
    }
