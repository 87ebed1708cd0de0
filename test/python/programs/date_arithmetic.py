from datetime import date, datetime, timedelta, timezone


def easter(year):
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return date(year, month, day + 1)


def add_months(start, months):
    total = start.year * 12 + start.month - 1 + months
    year, month = divmod(total, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(start.day, last))


def workdays(start, end, holidays=()):
    day, count = start, 0
    while day < end:
        count += day.weekday() < 5 and day not in holidays
        day += timedelta(days=1)
    return count


for year in (1999, 2000, 2024, 2100):
    sunday = easter(year)
    print(sunday, sunday.strftime("%a %d %b"), (sunday - date(year, 1, 1)).days, sunday.isocalendar()[:2])
print([str(add_months(date(2024, 1, 31), n)) for n in range(0, 14, 3)])
print(workdays(date(2024, 12, 20), date(2025, 1, 3), {date(2024, 12, 25), date(2025, 1, 1)}))
zone = timezone(timedelta(hours=5, minutes=45), "NPT")
moment = datetime(2024, 2, 29, 23, 30, tzinfo=zone)
print(moment.isoformat(), moment.astimezone(timezone.utc), moment.tzname())
print(moment - datetime(2023, 12, 31, tzinfo=timezone.utc))
print(timedelta(days=-1, seconds=5), abs(timedelta(hours=-30)), timedelta(minutes=95) // timedelta(minutes=10))
for text in ("2024-02-30", "2024-13-01", "24-01-01"):
    try:
        print(datetime.strptime(text, "%Y-%m-%d"))
    except ValueError as error:
        print(text, "->", error)
ages = sorted((date(2024, 6, 1).year - born.year - ((6, 1) < (born.month, born.day)), name)
              for name, born in [("Ana", date(1990, 6, 2)), ("Bo", date(1990, 6, 1)), ("Cy", date(2004, 2, 29))])
print(ages)
