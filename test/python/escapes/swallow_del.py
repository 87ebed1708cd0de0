class A:
    def __del__(self):
        while True:
            pass
    def __getattr__(self, name):
        while True:
            pass
try:
    A().x
except BaseException:
    A().y
