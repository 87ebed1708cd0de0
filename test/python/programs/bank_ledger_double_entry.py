from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal


class Unbalanced(Exception):
    def __init__(self, entries):
        self.difference = sum(amount for _, amount in entries)
        super().__init__(f"entries are off by {self.difference:+}")


@dataclass(frozen=True)
class Transaction:
    number: int
    text: str
    entries: tuple = field(repr=False)

    def __post_init__(self):
        if sum(amount for _, amount in self.entries) != 0:
            raise Unbalanced(self.entries)


class Ledger:
    def __init__(self):
        self.transactions = []
        self.balances = defaultdict(Decimal)

    def post(self, text, **entries):
        amounts = tuple((name, Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_EVEN))
                        for name, amount in entries.items())
        transaction = Transaction(len(self.transactions) + 1, text, amounts)
        self.transactions.append(transaction)
        for name, amount in amounts:
            self.balances[name] += amount
        return transaction

    def report(self):
        width = max(map(len, self.balances))
        for name in sorted(self.balances):
            amount = self.balances[name]
            side = "dr" if amount >= 0 else "cr"
            yield f"{name:<{width}} {abs(amount):>12,.2f} {side}"


ledger = Ledger()
print(ledger.post("capital", cash="10000", equity="-10000"))
print(ledger.post("rent", rent="1200.005", cash="-1200.00"))
print(ledger.post("sale", cash="333.335", sales="-333.34"))
try:
    ledger.post("typo", cash="1", sales="-2.5")
except Unbalanced as error:
    print("refused:", error, error.difference)
print(*ledger.report(), sep="\n")
print(sum(ledger.balances.values()), len(ledger.transactions))
interest = Decimal("1000")
for year in range(3):
    interest *= Decimal("1.0375")
    print(year + 1, interest, interest.quantize(Decimal("0.01")))
print(Decimal("0.1") + Decimal("0.2") == Decimal("0.3"), 0.1 + 0.2 == 0.3)
try:
    ledger.transactions[0].number = 5
except Exception as error:
    print(type(error).__name__, error)
