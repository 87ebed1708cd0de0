for n in range(100):
    s = "%.2000000000f" % 1.5
