from functools import cache


def knapsack(items, room):
    table = [[0] * (room + 1)]
    for _, weight, value in items:
        last = table[-1]
        table.append([max(last[w], last[w - weight] + value if w >= weight else 0) for w in range(room + 1)])
    chosen, w = [], room
    for i in range(len(items), 0, -1):
        if table[i][w] != table[i - 1][w]:
            chosen.append(items[i - 1][0])
            w -= items[i - 1][1]
    return table[-1][room], chosen[::-1]


def edits(a, b):
    rows = [[i + j if i * j == 0 else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i, x in enumerate(a, 1):
        for j, y in enumerate(b, 1):
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (x != y))
    script, i, j = [], len(a), len(b)
    while i or j:
        if i and j and rows[i][j] == rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]):
            i, j = i - 1, j - 1
            if a[i] != b[j]:
                script.append(f"{a[i]}>{b[j]}")
        elif i and rows[i][j] == rows[i - 1][j] + 1:
            i -= 1
            script.append(f"-{a[i]}")
        else:
            j -= 1
            script.append(f"+{b[j]}")
    return rows[-1][-1], script[::-1]


@cache
def coins(amount, kinds):
    if amount == 0:
        return 1
    if amount < 0 or not kinds:
        return 0
    return coins(amount - kinds[0], kinds) + coins(amount, kinds[1:])


def longest_common(a, b):
    best = {(-1, -1): ""}
    for i in range(-1, len(a)):
        for j in range(-1, len(b)):
            if i < 0 or j < 0:
                best[i, j] = ""
            elif a[i] == b[j]:
                best[i, j] = best[i - 1, j - 1] + a[i]
            else:
                best[i, j] = max(best[i - 1, j], best[i, j - 1], key=len)
    return best[len(a) - 1, len(b) - 1]


def rising(values):
    tails = []
    for value in values:
        low, high = 0, len(tails)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if tails[middle] < value else (low, middle)
        tails[low:low + 1] = [value]
    return len(tails)


print(knapsack([("tent", 5, 60), ("stove", 3, 50), ("rope", 4, 70), ("book", 2, 30)], 9))
for pair in [("kitten", "sitting"), ("", "abc"), ("flaw", "lawn"), ("same", "same")]:
    print(pair, *edits(*pair))
print([coins(n, (25, 10, 5, 1)) for n in (0, 5, 30, 100)], coins.cache_info().currsize)
print(longest_common("AGGTAB", "GXTXAYB"), rising([10, 9, 2, 5, 3, 7, 101, 18]))
