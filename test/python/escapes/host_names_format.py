for text in ["{0.constructor}", "{0.__proto__}", "{0[constructor]}", "{0.toString}", "{0.__class__.constructor}"]:
    for value in [1, "s", [], {}]:
        try:
            print(text.format(value))
        except Exception as error:
            print(type(error).__name__, error)
