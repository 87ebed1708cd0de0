from array import array
import re
def t(f):
    try: print(re.sub('0x[0-9a-f]+','0x',repr(f())))
    except BaseException as e: print(type(e).__name__, e)
for c in 'bBhHiIlLqQfd':
    for v in (-1,2**70,-2**70,2**31,2**32,-2**31-1,2**16,-2**16,2**63,2**64-1,-2**63,300,-129,1.5,'a',None,True):
        print(c,v,end=' '); t(lambda: array(c,[v]))
t(lambda: array('u','héy'));t(lambda: array('u',[1]));t(lambda:array('u',['ab']))
a=array('i',[1,2,3])
def s(k,v): a[k]=v
def d(k): del a[k]
t(lambda:array()); t(lambda:array(1)); t(lambda:array('bb')); t(lambda:array('x')); t(lambda: array('b','x')); t(lambda: array('b',array('u','x'))); t(lambda: array('i',b'abc')); t(lambda: array('i',5)); t(lambda:array('b',[1],2));t(lambda:array('b',x=2))
for k in (0,-1,5,1.5,'a',2**70,slice(0,2),slice(None,None,2),slice(None,None,0)): t(lambda:a[k])
t(lambda:s(5,1));t(lambda:s('a',1));t(lambda:s(slice(0,1),[1]));t(lambda:s(slice(0,1),array('b',[1])));t(lambda:s(slice(0,3,2),array('i',[1])));t(lambda:d(9));t(lambda:d('a'))
t(lambda:a+[1]);t(lambda:a+array('b'));t(lambda:a*'a');t(lambda:a*2);t(lambda:2*a);t(lambda:a*-1)
t(lambda:a.pop(9));t(lambda:array('b').pop());t(lambda:a.remove(77));t(lambda:a.index(77));t(lambda:a.extend(array('b',[1])));t(lambda:a.extend(1));t(lambda:a.append('a'));t(lambda:a.fromlist((1,)));t(lambda:a.fromlist([1,'a']));t(lambda:a.frombytes(b'abc'));t(lambda:a.frombytes(1));t(lambda:a.tounicode());t(lambda:a.fromunicode('a'))
t(lambda:a==[1]);t(lambda:a<array('b',[5]));t(lambda:a<[1]);t(lambda:iter(a));t(lambda:a.itemsize);t(lambda:a.typecode);t(lambda:a.__reduce_ex__(2)); t(lambda:array[int]); t(lambda:a.index(1,1)); t(lambda: a.pop('a')); t(lambda:a.insert('a',1)); print(array, type(a).__mro__); t(lambda:a.foo); a.append(1)
def iadd():
    global a
    a+=[1]
t(iadd); 
def imul():
    global a
    a*='a'
t(imul)
t(lambda: array('d',[1,2.5])); t(lambda: memoryview(array('l',[1])).format); t(lambda: memoryview(array('u','a')).format); 
t(lambda: a.byteswap()); t(lambda:array('f',[0.1])); t(lambda: b'a'==array('b',[97])); t(lambda: array('b',[97])==b'a');t(lambda:b'a'+array('b',[97]));t(lambda:array('b',[97])+b'a');t(lambda:array('b',[97])*2.0)
import random, copy
rng=random.Random(1)
for code in 'bIqdu':
    mk=(lambda: chr(rng.randrange(97,120))) if code=='u' else (lambda: rng.randrange(100))
    a=array(code); l=[]
    for _ in range(60):
        op=rng.randrange(12); i=rng.randrange(-12,13); j=rng.randrange(-12,13); k=rng.choice([None,1,2,-1,-2,3])
        try:
            if op<3: v=mk(); a.append(v)
            elif op==3: a.insert(i,mk())
            elif op==4: print(a.pop(i))
            elif op==5: print(a[i:j:k])
            elif op==6: del a[i:j:k]
            elif op==7: a[i:j]=array(code,[mk() for _ in range(rng.randrange(4))])
            elif op==8: n=len(a[i:j:k]); a[i:j:k]=array(code,[mk() for _ in range(n)])
            elif op==9: a.reverse()
            elif op==10: a[i]=mk()
            else: print(a.index(mk()) , a.count(mk()))
        except Exception as e: print(type(e).__name__,e)
    print(a, copy.copy(a)==a, copy.deepcopy(a)==a, bytes(a).hex())
class X(array): pass
x=X('b',[1]); print(x,x[:],x*2,type(x[:]).__name__, x==array('h',[1])); x.foo=1; print(x.foo, x.__reduce_ex__(2)[2])
print(list(array('d',[1,2])), bool(array('b')), array('b',[3,1])>array('b',[2,9]), sorted(array('h',[3,1,2])))
m=memoryview(array('h',[1,2,3])); m[1]=-5; print(m.tolist(), m.itemsize, m.nbytes, m.obj)
import struct
b=array('B',bytes(8)); struct.pack_into('<I',b,2,0x01020304); print(b)
import errno
from array import array
try: hash(array("b"))
except TypeError as e: print(e)
print(b"a"==bytearray(b"a"),b"a"==memoryview(b"a"),bytearray(b"a")==array("b",[97]),b"a"<bytearray(b"b"), b"a"!=memoryview(b"a"))
try: b"a"<memoryview(b"b")
except TypeError as e: print(e)
import errno
print(errno.ENOENT, errno.errorcode[errno.EAGAIN], len(errno.errorcode))
from sys import maxsize
print(len(range(maxsize)) == maxsize)
