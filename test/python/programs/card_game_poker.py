import random
from collections import Counter
from enum import IntEnum
from functools import total_ordering
from itertools import combinations, product


class Rank(IntEnum):
    HIGH, PAIR, TWO_PAIR, THREE, STRAIGHT, FLUSH, FULL, FOUR, STRAIGHT_FLUSH = range(9)

    def __str__(self):
        return self.name.replace("_", " ").lower()


ORDER = "23456789TJQKA"


class Card(str):
    __slots__ = ()

    @property
    def number(self):
        return ORDER.index(self[0]) + 2

    @property
    def suit(self):
        return self[1]


@total_ordering
class Hand:
    def __init__(self, cards):
        self.cards = [Card(card) for card in (cards.split() if isinstance(cards, str) else cards)]
        if len(set(self.cards)) != 5:
            raise ValueError(f"{len(set(self.cards))} different cards make no hand")
        counts = Counter(card.number for card in self.cards)
        shape = sorted(counts.values(), reverse=True)
        numbers = sorted(counts, key=lambda n: (counts[n], n), reverse=True)
        flush = len({card.suit for card in self.cards}) == 1
        if numbers == [14, 5, 4, 3, 2]:
            numbers = [5, 4, 3, 2, 1]
        straight = len(numbers) == 5 and numbers[0] - numbers[4] == 4
        match shape, straight, flush:
            case _, True, True:
                self.rank = Rank.STRAIGHT_FLUSH
            case [4, *_], _, _:
                self.rank = Rank.FOUR
            case [3, 2], _, _:
                self.rank = Rank.FULL
            case _, _, True:
                self.rank = Rank.FLUSH
            case _, True, _:
                self.rank = Rank.STRAIGHT
            case [3, *_], _, _:
                self.rank = Rank.THREE
            case [2, 2, _], _, _:
                self.rank = Rank.TWO_PAIR
            case [2, *_], _, _:
                self.rank = Rank.PAIR
            case _:
                self.rank = Rank.HIGH
        self.key = self.rank, numbers

    def __eq__(self, other):
        return self.key == other.key

    def __lt__(self, other):
        return self.key < other.key

    def __str__(self):
        return f"{' '.join(sorted(self.cards, key=lambda c: (-c.number, c.suit)))} ({self.rank})"


HANDS = ["2H 3D 5S 9C KD", "2C 3H 4S 8C AH", "2H 4S 4C 2D 4H", "2S 8S AS QS 3S", "AH 2D 3C 4S 5H", "TS JS QS KS AS",
         "9H 9D 9S 9C 2D", "TH TD 4S 4C 2D", "JH JD 4S 3C 2D"]
for hand in sorted(map(Hand, HANDS), reverse=True):
    print(hand)
print(Hand("2H 3D 5S 9C KD") == Hand("2D 3H 5C 9S KH"), Hand("AH 2D 3C 4S 5H") < Hand("2H 3D 4C 5S 6H"))
deck = ["".join(pair) for pair in product(ORDER, "CDHS")]
random.Random(2024).shuffle(deck)
board = deck[:7]
best = max(map(Hand, combinations(board, 5)))
print(board, best, sep="\n")
dealt = Counter(str(Hand(deck[i:i + 5]).rank) for i in range(0, 50, 5))
print(sorted(dealt.items()), list(Rank)[-1].value, Rank["FULL"] > Rank(3), Rank.FOUR + 1)
try:
    Hand("2H 2H 3D 4S 5C")
except ValueError as error:
    print(error)
