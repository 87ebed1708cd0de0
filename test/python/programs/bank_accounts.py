class InsufficientFunds(Exception):
    def __init__(self, needed, available):
        super().__init__(f"need {needed:.2f}, have {available:.2f}")
        self.needed = needed
        self.available = available


class Account:
    count = 0

    def __init__(self, owner, balance=0.0):
        self.owner = owner
        self._balance = balance
        self.history = []
        type(self).count += 1

    @property
    def balance(self):
        return self._balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("deposit must be positive")
        self._balance += amount
        self.history.append(("deposit", amount))

    def withdraw(self, amount):
        if amount > self._balance:
            raise InsufficientFunds(amount, self._balance)
        self._balance -= amount
        self.history.append(("withdraw", amount))

    def __repr__(self):
        return f"{type(self).__name__}({self.owner!r}, {self._balance:.2f})"


class Savings(Account):
    rate = 0.035

    def accrue(self, years):
        for year in range(1, years + 1):
            interest = self._balance * self.rate
            self.deposit(round(interest, 2))
            print(f"  year {year}: {self.balance:>10,.2f}")


checking, savings = Account("Mira", 120), Savings("Jon", 1000)
checking.deposit(35.5)
for amount in (50, 500):
    try:
        checking.withdraw(amount)
        print("withdrew", amount)
    except InsufficientFunds as error:
        print("refused:", error, "| short by", error.needed - error.available)
savings.accrue(4)
print(checking, savings, Account.count, Savings.count)
try:
    checking.balance = 5
except AttributeError as error:
    print(type(error).__name__)
try:
    savings.deposit(-1)
except ValueError as error:
    print(error)
print(savings.history[-2:])
