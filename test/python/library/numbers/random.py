import random
random.seed(42)
print(random.random(), random.randint(1,6), random.uniform(1,2), random.gauss(), random.gauss(0,1), random.randrange(10**30))
print(random.getrandbits(100), random.normalvariate(0,1), random.expovariate(2), random.triangular(), random.betavariate(1,2), random.gammavariate(2,3), random.vonmisesvariate(1,2), random.paretovariate(2), random.weibullvariate(1,2), random.lognormvariate(0,1))
random.seed("abc"); print(random.random())
random.seed(b"abc"); print(random.random())
random.seed(1.5); print(random.random())
random.seed("abc", 1); print(random.random())
random.seed(-5); print(random.random())
r = random.Random(7)
print(r.random(), r.choice("abcdef"), r.random())
x = "abcdefgh"
print(random.choice(x), random.randrange(0, 100, 7))
