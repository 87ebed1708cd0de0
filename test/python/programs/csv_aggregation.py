import csv
import io
from statistics import mean, median, mode, pstdev, stdev

RAW = 'name,team,score\r\n"Lee, Kim",red,3\nOmar,blue,"10"\n"Quote ""Q"" Z",red,7\nEve,blue,\n'

rows = list(csv.DictReader(io.StringIO(RAW)))
print(len(rows), rows[0], list(rows[2].values()))
teams = {}
for row in rows:
    if row["score"]:
        teams.setdefault(row["team"], []).append(int(row["score"]))
for team, scores in teams.items():
    print(f"{team}: mean {mean(scores)} median {median(scores)} n {len(scores)}")
out = io.StringIO()
writer = csv.writer(out, lineterminator="\n")
writer.writerow(["a", 1, 2.5, None, 'say "hi"', "x,y", "line\nbreak"])
writer.writerows([[True, ""], ["é"]])
print(out.getvalue())
print(list(csv.reader(["a;'b;c';d", ";;"], delimiter=";", quotechar="'")))
table = csv.DictWriter(out := io.StringIO(), fieldnames=["x", "y"], extrasaction="ignore", restval="?", lineterminator="|")
table.writeheader()
table.writerow({"x": 1, "z": 2})
print(out.getvalue())
print(mean([1, 2, 3, 4]), round(stdev([2, 4, 4, 4, 5, 5, 7, 9]), 6), pstdev([1, 1]), mode("abca"), median([1, 3, 2, 10]))
out.seek(2)
print(out.read(3), out.tell(), out.readline())
