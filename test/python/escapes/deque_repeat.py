from collections import deque, Counter
d = deque([0] * 1000) * 10**7
