from itertools import count, cycle, repeat
list(count())
