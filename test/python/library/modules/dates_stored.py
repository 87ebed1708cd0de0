import copy
import pickle
from datetime import date, datetime, time, timedelta, timezone

zone = timezone(timedelta(hours=5, minutes=30), "IST")
values = [
    date(2005, 12, 1), time(1, 2, 3, 4), time(1, 2, 3, 4, zone), datetime(2005, 12, 1, 2, 3, 4, 567890),
    datetime(2005, 12, 1, 2, 3, 4, 5, zone), datetime(2020, 10, 25, 1, fold=1), zone, timezone.utc,
    timedelta(1, 2, 3), time(1, fold=1),
]
for value in values:
    print(repr(value), value.__reduce__())
    for protocol in range(6):
        data = pickle.dumps(value, protocol)
        back = pickle.loads(data)
        print(protocol, back == value, type(back) is type(value), getattr(back, "fold", None))
    assert copy.deepcopy(value) == value and copy.copy(value) == value
print(date(2005, 12, 1).isocalendar().__reduce__())
print(date(b"\x07\xd5\x0c\x01"), datetime(b"\x07\xe4\x8a\x19\x01\0\0\0\0\0").fold)
for wrong in (lambda: date(b"\x07\xd5\x0d\x01"), lambda: datetime(b"\x07\xe4\x0a\x19\x01\0\0\0\0\0", "EST")):
    try:
        print(wrong())
    except TypeError as error:
        print(error)
for text in ("2022W52520", "2022W527520", "2025-W01003+00", "2026W013516", "2025-01-02", "20250102T03", "2022W01"):
    print(text, datetime.fromisoformat(text))
moment = datetime(7, 3, 4, 5, 6, 7)
for form in ("%4Y", "%-d", "%_d", "%-H:%-M", "%^a", "%^B", "%#p", "%03d", "%5m", "%_5m", "%Ey", "%Od", "%-j", "%10A|", "%q", "%"):
    print(form, moment.strftime(form))
print(datetime.strptime("+0000 GMT", "%z %Z").tzname(), datetime.strptime("-0130 UTC", "%z %Z"))
