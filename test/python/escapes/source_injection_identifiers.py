ℌ = 1
print(H)
été = 2
naïve_ñ = 3
变量 = 4
print(été, naïve_ñ, 变量, 𝔵 if (𝔵 := 5) else 0, x)
ª = 1
print(a)
def ﬁ(ﬂ=1):
    return ﬂ
print(fi(fl=2))
