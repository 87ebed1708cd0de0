print(10**18 in range(10**20), 5 in range(0, 10**20, 2), len(range(10**15)), range(10**20)[-1], range(10**18).index(10**17))
