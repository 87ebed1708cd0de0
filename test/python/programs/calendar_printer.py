import calendar
from datetime import date, timedelta
from itertools import islice


def month_grid(year, month, first=0):
    day = date(year, month, 1)
    day -= timedelta(days=(day.weekday() - first) % 7)
    while True:
        week = [day + timedelta(days=i) for i in range(7)]
        yield [d.day if d.month == month else 0 for d in week]
        day += timedelta(days=7)
        if (day.year, day.month) != (year, month):
            return


def draw(year, month, marks=(), first=0):
    names = "Mo Tu We Th Fr Sa Su".split()
    title = f"{date(year, month, 1):%B %Y}"
    lines = [title.center(27).rstrip(), " ".join(f"{n:>3}" for n in names[first:] + names[:first])]
    for week in month_grid(year, month, first):
        lines.append(" ".join(f"{f'[{d}]' if d in marks else d or '':>3}" for d in week).rstrip())
    return "\n".join(lines)


def nth_weekday(year, month, weekday, n):
    days = [d for d in range(1, calendar.monthrange(year, month)[1] + 1) if date(year, month, d).weekday() == weekday]
    return date(year, month, days[n - 1 if n > 0 else n])


def fridays_13th(start):
    day = start
    while True:
        if day.day == 13 and day.weekday() == 4:
            yield day
        day += timedelta(days=1)


print(draw(2024, 2, {14, 29}))
print(draw(2021, 2, first=6))
print(nth_weekday(2024, 11, 3, 4), nth_weekday(2024, 5, 0, -1), [calendar.isleap(y) for y in (1900, 2000, 2023, 2024)])
print(*islice(fridays_13th(date(2024, 1, 1)), 4))
print(calendar.month(2024, 9), end="")
print(calendar.monthcalendar(2015, 2) == list(month_grid(2015, 2)), calendar.day_name[0], list(calendar.month_abbr)[1:4])
print([date(2024, 12, d).isocalendar().week for d in (28, 29, 30, 31)], date.fromisocalendar(2025, 1, 1), date(2024, 3, 1).toordinal())
print(f"{date(2024, 7, 4):%d/%m/%y %j %U %A}", date(2024, 7, 4).ctime(), date.max - date.min, calendar.weekday(2000, 1, 1))
weeks = {}
for offset in range(0, 60, 9):
    day = date(2024, 12, 1) + timedelta(days=offset)
    weeks.setdefault(f"{day:%G-W%V}", []).append(day.day)
print(weeks)
for bad in (lambda: date(2023, 2, 29), lambda: date(2024, 1, 1) + timedelta(days=10**9), lambda: calendar.monthrange(2024, 13)):
    try:
        bad()
    except (ValueError, OverflowError) as error:
        print(type(error).__name__, error)
