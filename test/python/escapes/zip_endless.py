from itertools import count
for pair in zip(count(), count()):
    pass
