import heapq
#R
#R
def build_order(needs: dict[str, list[str]]) -> list[str]:
    """An order in which each thing comes after all that it needs; where several could come next,
    the first by the alphabet does.

    Args:
        needs: from a thing to those it needs, each at most once; things that are only needed
            by others count too

    Raises:
        ValueError: with the words "in a circle" when there is no such order
    """
    waiting, users = {}, {}
    for thing, others in needs.items():
        waiting[thing] = len(others)
        for other in others:
            users.setdefault(other, []).append(thing)
    free = [thing for thing in {**users, **needs} if not waiting.get(thing)]
    heapq.heapify(free)
    order = []
    while free:
        thing = heapq.heappop(free)
        order.append(thing)
        for user in users.get(thing, []):
            waiting[user] -= 1
            if waiting[user] == 0:
                heapq.heappush(free, user)
    if any(waiting.values()):
        raise ValueError("they need each other in a circle")
    return order
