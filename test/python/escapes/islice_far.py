from itertools import count, islice
next(islice(count(), 10**15, None))
