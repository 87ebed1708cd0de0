s = "a".ljust(2**30) + "a".center(2**30) + "a".zfill(2**30)
