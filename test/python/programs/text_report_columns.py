import textwrap
from collections import defaultdict

SALES = """north,apples,120,0.55
south,pears,80,0.8
north,pears,15,0.82
east,apples,200,0.5
south,apples,0,0.6
east,figs,7,3.25"""

totals, counts = defaultdict(float), defaultdict(int)
rows = []
for line in SALES.splitlines():
    region, product, amount, price = line.split(",")
    rows.append((region, product, int(amount), float(price)))
    totals[region] += int(amount) * float(price)
    counts[product] += int(amount)
width = max(len(row[1]) for row in rows) + 2
print(f"{'REGION':<8}{'PRODUCT':^{width}}{'AMOUNT':>8}{'VALUE':>12}")
print("=" * (28 + width))
for region, product, amount, price in sorted(rows, key=lambda r: (r[0], -r[2] * r[3])):
    print(f"{region.title():<8}{product:^{width}}{amount:>8d}{amount * price:>12,.2f}")
print("-" * (28 + width))
for region, total in sorted(totals.items(), key=lambda item: item[1], reverse=True):
    print(f"{region:<8}{'#' * round(total / 10)} {total / sum(totals.values()):.1%}")
print(dict(counts))
note = "Regions are listed by name; within a region the greatest value comes first, whatever its amount was."
print(textwrap.fill(note, 34, initial_indent="* ", subsequent_indent="  "))
print(textwrap.dedent("""
    two
      three
    four""").strip())
