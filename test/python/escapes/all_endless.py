from itertools import repeat
all(repeat(True))
