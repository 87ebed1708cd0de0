from functools import lru_cache

LINES = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]


def winner(board):
    return next((board[a] for a, b, c in LINES if board[a] != "." and board[a] == board[b] == board[c]), None)


def moves(board):
    return [i for i, cell in enumerate(board) if cell == "."]


def play(board, i, who):
    return board[:i] + who + board[i + 1:]


@lru_cache(maxsize=None)
def value(board, who):
    won = winner(board)
    if won:
        return 1 if won == "X" else -1
    if "." not in board:
        return 0
    other = "O" if who == "X" else "X"
    results = (value(play(board, i, who), other) for i in moves(board))
    return max(results) if who == "X" else min(results)


def best(board, who):
    other = "XO"[who == "X"]
    choose = max if who == "X" else min
    return choose(moves(board), key=lambda i: value(play(board, i, who), other))


def show(board):
    return "\n".join(" ".join(board[r:r + 3]) for r in (0, 3, 6))


def alpha_beta(board, who, low=-2, high=2):
    alpha_beta.calls += 1
    won = winner(board)
    if won or "." not in board:
        return {"X": 1, "O": -1, None: 0}[won]
    other = "O" if who == "X" else "X"
    for i in moves(board):
        got = alpha_beta(play(board, i, who), other, low, high)
        if who == "X":
            low = max(low, got)
        else:
            high = min(high, got)
        if low >= high:
            break
    return low if who == "X" else high


alpha_beta.calls = 0
board, who, history = "." * 9, "X", []
while not winner(board) and moves(board):
    move = best(board, who)
    history.append((who, move))
    board, who = play(board, move, who), "XO"[who == "X"]
print(show(board), history, winner(board), sep="\n")
print(value("." * 9, "X"), value.cache_info().currsize, value("XX.OO....", "X"), best("XX.OO....", "O"), best("X...O...X", "O"))
print(alpha_beta("X...O....", "X"), alpha_beta.calls)
games = [0, 0, 0]


def count(board, who):
    won = winner(board)
    if won or "." not in board:
        games["XO".find(won) if won else 2] += 1
        return
    for i in moves(board):
        count(play(board, i, who), "XO"[who == "X"])


count("XO.OX....", "X")
print(games, sum(games))
