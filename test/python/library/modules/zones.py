from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

for key in ("America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Sydney", "America/Sao_Paulo", "Asia/Tokyo", "America/St_Johns", "UTC"):
    zone = ZoneInfo(key)
    for month in (1, 3, 7, 11):
        moment = datetime(2023, month, 12, 1, 30, tzinfo=zone)
        print(moment, moment.tzname(), moment.dst(), moment.astimezone(timezone.utc))
    print(repr(zone), zone.utcoffset(None), ZoneInfo(key) is zone)
zone = ZoneInfo("America/New_York")
for day in (datetime(2023, 3, 12), datetime(2023, 11, 5)):
    for hour in range(5, 8):
        there = day.replace(hour=hour, minute=30, tzinfo=timezone.utc).astimezone(zone)
        print(there, there.fold, there.tzname(), there + timedelta(hours=1))
        for fold in (0, 1):
            shown = day.replace(hour=hour - 4, minute=30, tzinfo=zone, fold=fold)
            print(shown, shown.utcoffset(), shown.dst())
for wrong in ("Nowhere/Land", "america/new_york", "../etc/passwd"):
    try:
        ZoneInfo(wrong)
    except (ZoneInfoNotFoundError, ValueError) as error:
        print(type(error).__name__, error if isinstance(error, KeyError) else "")
print({"Europe/Paris", "Asia/Tokyo", "UTC"} <= available_timezones(), datetime(1975, 1, 1, tzinfo=ZoneInfo("Europe/Amsterdam")))
