import itertools as it
import operator


def chunked(items, n):
    iterator = iter(items)
    while chunk := list(it.islice(iterator, n)):
        yield chunk


def powerset(items):
    return it.chain.from_iterable(it.combinations(items, n) for n in range(len(items) + 1))


print(list(chunked("abcdefg", 3)), list(powerset([1, 2, 3])))
print([(key, len(list(group))) for key, group in it.groupby("aaabccdd")])
print(list(it.accumulate([3, 1, 4, 1, 5], max)), list(it.accumulate(range(1, 6), operator.mul, initial=1)))
print(list(it.takewhile(lambda n: n < 4, it.count(1))), list(it.dropwhile(str.isalpha, "ab1c2")), list(it.filterfalse(None, [0, 1, "", 2])))
print(list(it.zip_longest("abc", [1], fillvalue="-")), list(it.starmap(pow, [(2, 3), (3, 2)])), list(it.compress("abcd", [1, 0, 1])))
print(list(it.product("ab", [1, 2])), len(list(it.permutations(range(4), 2))), list(it.combinations_with_replacement("xy", 2)))
a, b = it.tee(iter([1, 2, 3]))
next(a)
print(list(zip(a, b)), list(it.pairwise("abcd")), list(it.islice(it.cycle("xyz"), 2, 9, 3)), list(it.repeat(7, 2)))
people = [("ann", 30), ("bob", 25), ("cat", 30), ("dan", 25)]
people.sort(key=operator.itemgetter(1, 0))
for age, group in it.groupby(people, key=operator.itemgetter(1)):
    print(age, [name for name, _ in group])
groups = it.groupby([1, 1, 2])
first = next(groups)
next(groups)
print(list(first[1]), operator.attrgetter("real")(5), operator.methodcaller("upper")("x"))
