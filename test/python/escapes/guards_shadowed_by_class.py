class spend(int):
    def __add__(self, other):
        return "mine"
    __radd__ = __add__
fault = allocate = meter = enter = leave = watcher = STEPS = 1
print(spend(1) + 1, 1 + spend(2), fault, allocate + meter)
def runtime(enter, leave, *spend, fault=0, **meter):
    total = 0
    for i in range(enter):
        total += leave
    return total, spend, fault, meter
print(runtime(2, 3, 4, fault=5, allocate=6))
