import heapq
#R
#R
def shortest_path(roads: dict, start: str, goal: str) -> tuple[float, list[str]] | None:
    """The length of the shortest way from `start` to `goal`, and the places on it, both included.
    Of several ways of that length any one is right.

    Args:
        roads: from a place to the places it has a road to, each with the road's length, 0 or
            more; roads lead one way, and a place without an entry has none

    Returns:
        None when no way leads there
    """
    came_from = {}
    heap = [(0, start, start)]
    while heap:
        distance, place, before = heapq.heappop(heap)
        if place in came_from:
            continue
        came_from[place] = before
        if place == goal:
            way = [goal]
            while way[-1] != start:
                way.append(came_from[way[-1]])
            return distance, way[::-1]
        for neighbour, length in roads.get(place, {}).items():
            heapq.heappush(heap, (distance + length, neighbour, place))
    return None
