print([1,2,3][::-1], (1,), (), {1:2}, {1,2}, set(), frozenset([1]), range(3), range(0,10,2), slice(1,2))
a=[3,1,2]; a.sort(); print(a, sorted(a, key=lambda v:-v), sorted("hello", reverse=True))
d={"a":1}; d.update(b=2); print(d, list(d), d.items(), d.keys(), d.values(), d.pop("a"), d.popitem(), d)
print(list(zip([1,2],"ab")), list(enumerate("ab",1)), list(map(lambda x:x+1,[1,2])), list(filter(None,[0,1,2])), list(reversed([1,2,3])), list(reversed((1,2))))
print(sum([1,2,3]), sum([1.5,2]), min(3,1,2), max([1,5,2],key=lambda v:-v), all([]), any([0,1]), len("abc"))
a=list(range(10)); a[2:5]=[9]; print(a); del a[::2]; print(a); a[::2]=[0]*len(a[::2]); print(a)
l=[1]; l.append(l); print(l)
def g():
    try:
        x = yield 1
        print("got", x)
        yield 2
    finally: print("fin")
it=g(); print(next(it), it.send(5)); it.close()
print({1,2}|{3}, {1,2}&{2}, {1,2}-{2}, {1,2}^{2,3}, {1}<={1,2})
print({1:2}.keys() & {1}, {1:2}|{3:4})
print((1,2)<(1,3),[1]==[1],hash((1,2))==hash((1,2)))
