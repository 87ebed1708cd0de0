import csv
import io
from itertools import groupby
from operator import itemgetter
from statistics import mean, median, pstdev

TEXT = '''region,rep,amount,note
North,Ann,120.50,"first, big"
South,Bob,80,
North,Cid,99.95,"said ""yes"""
West,Dee,n/a,broken
South,Eve,310.25,"two
lines"
North,Ann,45,
'''

rows, bad = [], []
for line, row in enumerate(csv.DictReader(io.StringIO(TEXT)), 2):
    try:
        row["amount"] = float(row["amount"])
    except ValueError as error:
        bad.append((line, str(error)))
        continue
    rows.append(row)
rows.sort(key=itemgetter("region", "rep"))
print(f"{'region':<8}|{'n':>3}|{'total':>10}|{'mean':>9}|{'share':>7}")
print("-" * 42)
everything = sum(row["amount"] for row in rows)
for region, group in groupby(rows, key=itemgetter("region")):
    amounts = [row["amount"] for row in group]
    print(f"{region:<8}|{len(amounts):>3}|{sum(amounts):>10,.2f}|{mean(amounts):>9.2f}|{sum(amounts) / everything:>7.1%}")
print("-" * 42)
amounts = [row["amount"] for row in rows]
print(f"median {median(amounts):.2f}, deviation {pstdev(amounts):.4f}, bad {bad}")
out = io.StringIO()
writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
writer.writerow(["rep", "amount", "note"])
for row in rows:
    writer.writerow([row["rep"], row["amount"], row["note"]])
print(out.getvalue())
print(list(csv.reader(["a;'b;c';d"], delimiter=";", quotechar="'")))
by_rep = {}
for row in rows:
    by_rep.setdefault(row["rep"], []).append(row["amount"])
best = max(by_rep.items(), key=lambda pair: (sum(pair[1]), pair[0]))
print(best, {rep: len(values) for rep, values in sorted(by_rep.items())})
