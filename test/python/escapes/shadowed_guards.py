def f(len, print_, isinstance=None, type=None, object=1, int=2, str=3, range=4, super=5, Exception=6, iter=7, next=8, list=9, dict=10):
    a = [1, 2, 3]
    b, *c = a
    d = {**{"x": 1}}
    e = f"{len!r}{c}"
    for g in a:
        pass
    return len, b, c, d, e, [x for x in a if x], a[1:], 7 // 2, -7 % 3, "%s" % len
print(f(1, 2))
TypeError, BaseException, AttributeError = 1, 2, 3
try:
    [] + 1
except Exception as error:
    print(error)
__build_class__ = None
__name__ = "other"
class C:
    def m(self):
        return __class__.__name__
print(C().m(), C.__module__)
