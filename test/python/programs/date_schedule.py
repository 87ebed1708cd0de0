from datetime import date, datetime, time, timedelta, timezone

start = date(2024, 2, 26)
for n in range(5):
    day = start + timedelta(days=n)
    print(day, day.strftime("%a %d %b %Y"), day.timetuple().tm_yday, day.isoweekday(), day.isocalendar()[1])
print((date(2025, 1, 1) - start).days, date.fromisoformat("2023-12-31") < start, start.replace(year=2000))
try:
    date(2023, 2, 29)
except ValueError as error:
    print(error)
moment = datetime(2024, 3, 10, 23, 59, 30, 250000, tzinfo=timezone.utc)
print(moment, moment.isoformat(), moment + timedelta(minutes=1, milliseconds=500))
east = timezone(timedelta(hours=5, minutes=30), "IST")
print(moment.astimezone(east), moment.astimezone(east).tzname(), moment.timestamp())
print(timedelta(days=-1, seconds=5), timedelta(hours=36) / 2, timedelta(minutes=90) // timedelta(minutes=25), repr(timedelta(1, 2, 3)))
print(datetime.strptime("07/04/21 18:05", "%d/%m/%y %H:%M"), time(7, 5).strftime("%I:%M %p"), datetime.combine(start, time(1, 2, 3)))
try:
    print(moment - datetime(2024, 1, 1))
except TypeError as error:
    print(error)
birthdays = {"Uma": date(1990, 2, 28), "Leo": date(2004, 2, 29), "Io": date(1999, 12, 1)}
today = date(2024, 2, 27)
for name, born in sorted(birthdays.items(), key=lambda p: (p[1].month, p[1].day)):
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    print(f"{name:<4}{age:>3} {born:%d.%m.}")
print(divmod(timedelta(hours=50), timedelta(days=1)), sum([timedelta(1)] * 3, timedelta()), date.max - date.min)
