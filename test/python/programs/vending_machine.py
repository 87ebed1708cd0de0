PRICES = {"cola": 150, "chips": 100, "gum": 35}
COINS = (200, 100, 50, 20, 10, 5)


class Vending:
    def __init__(self, stock):
        self.stock, self.paid, self.state = stock, 0, "idle"

    def insert(self, coin):
        if coin not in COINS:
            return f"rejects {coin}"
        self.paid += coin
        self.state = "paying"
        return f"holds {self.paid}"

    def select(self, name):
        if self.state != "paying":
            return "wants coins"
        if not self.stock.get(name):
            return f"has no {name}"
        if self.paid < PRICES[name]:
            return f"wants {PRICES[name] - self.paid} more"
        self.stock[name] -= 1
        rest, change = self.paid - PRICES[name], []
        for coin in COINS:
            change += [coin] * (rest // coin)
            rest %= coin
        self.paid, self.state = 0, "idle"
        return f"gives {name} and {change}"


machine = Vending({"cola": 1, "gum": 2})
for step in ["cola", 100, "cola", 3, 100, "cola", 200, "cola", "chips", "gum"]:
    print(f"{step!s:>5}:", machine.insert(step) if isinstance(step, int) else machine.select(step))
