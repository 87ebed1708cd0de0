def requires_hashdigest(name, openssl=None, usedforsecurity=True):
    return lambda test: test
