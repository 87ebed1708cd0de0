from itertools import dropwhile, repeat, islice
next(dropwhile(bool, repeat(1)))
