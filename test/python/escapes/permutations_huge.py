import itertools
x = list(itertools.permutations(range(13)))
