from itertools import *
import itertools
print(list(islice(count(5,2),4)), list(islice(cycle("ab"),5)), list(repeat(1,3)), count(1), count(1,2), repeat(3), repeat(3,2))
print(list(accumulate([1,2,3])), list(accumulate([1,2,3],lambda a,b:a*b,initial=10)))
print(list(chain([1],"ab",(2,))), list(chain.from_iterable([[1],[2,3]])), list(compress("abcd",[1,0,1])))
print(list(dropwhile(lambda x:x<3,[1,2,3,1])), list(takewhile(lambda x:x<3,[1,2,3,1])), list(filterfalse(None,[0,1,""])))
print(list(starmap(lambda a,b:a+b,[(1,2),(3,4)])), list(pairwise([1,2,3])))
print(list(islice(range(10),2,8,3)), list(islice("abc",None)), list(zip_longest([1,2,3],"a",fillvalue=0)))
print([(k,list(g)) for k,g in groupby("aabbbc")], [k for k,g in groupby([1,1,2])])
print([(k,list(g)) for k,g in groupby([1,2,3,4,5,7],lambda v:v%2)])
print(list(product("ab",[1,2])), list(product([0,1],repeat=3)), list(product()), list(product([],[1])))
print(list(permutations([1,2,3])), list(permutations("abc",2)), list(permutations([1],2)))
print(list(combinations("abcd",2)), list(combinations_with_replacement("ab",3)), list(combinations([],0)))
a,b=tee([1,2,3]); print(next(a),list(b),list(a))
g=groupby([1,1,2,2]); k1,g1=next(g); k2,g2=next(g); print(list(g1),list(g2))
for f in (lambda:islice([],-1),lambda:islice([],1,-1),lambda:islice([],1,2,0),lambda:count("a"),lambda:repeat(),lambda:product(1),lambda:permutations([1],-1),lambda:combinations([1]),lambda:tee([1],-1),lambda:chain(1),lambda:list(chain(1)),lambda:islice([]), lambda:next(islice([],0)), lambda:list(starmap(1,[1]))):
    try: print(f().__class__)
    except Exception as e: print(e.__class__.__name__, e)
print(chain, type(count()))
class C(count): pass
print(next(C(3)))
