import math

import torch
from framework import assert_close, assert_shape
from kata import params
from user_kata import attend, segment_softmax

N = params.get("n", 15)
GROUPS = params.get("groups", 4)


def softmax_of(scores, group):
    """Member by member, in Python's own floats."""
    out = []
    for score, mine in zip(scores, group):
        others = [s for s, g in zip(scores, group) if g == mine]
        out.append(1 / sum(math.exp(other - score) for other in others))
    return torch.tensor(out)


def test_each_group_shares_among_its_members():
    scores = torch.tensor([1.0, 6, 3, 2]).log()
    out = segment_softmax(scores, torch.tensor([0, 1, 0, 1]), 2)
    assert_close(out, torch.tensor([0.25, 0.75, 0.75, 0.25]), 1e-5, "softmax")


def test_a_member_alone_has_everything():
    out = segment_softmax(torch.tensor([-500.0, 3.0, 800.0]), torch.tensor([2, 0, 1]), 3)
    assert_close(out, torch.ones(3))


def test_groups_without_members_do_no_harm():
    out = segment_softmax(torch.tensor([0.0, 0.0]), torch.tensor([3, 3]), 6)
    assert_close(out, torch.tensor([0.5, 0.5]))


def test_nobody_is_no_problem():
    out = segment_softmax(torch.zeros(0), torch.zeros(0, dtype=torch.int64), 2)
    assert_shape(out, (0,), "softmax")


def test_groups_of_very_different_scores_each_have_their_own_maximum():
    scores = torch.tensor([1000.0, -1000, 1000, -1000, 0])
    out = segment_softmax(scores, torch.tensor([0, 1, 0, 1, 2]), 3)
    assert_close(out, torch.tensor([0.5, 0.5, 0.5, 0.5, 1.0]))


def test_negative_scores_are_not_compared_with_zero():
    scores = torch.tensor([-200.0, -200.0 + math.log(3)])
    out = segment_softmax(scores, torch.tensor([0, 0]), 1)
    assert_close(out, torch.tensor([0.25, 0.75]), 1e-4)


def test_random_scores_of_the_variations_sizes_match_a_loop():
    scores, group = torch.randn(N) * 3, torch.randint(0, GROUPS, (N,))
    out = segment_softmax(scores, group, GROUPS)
    assert_close(out, softmax_of(scores.tolist(), group.tolist()), 1e-4, "softmax", atol=1e-6)


def test_gradients_reach_the_scores():
    scores = torch.zeros(3, requires_grad=True)
    out = segment_softmax(scores, torch.tensor([0, 0, 1]), 2)
    (out * torch.tensor([1.0, 0.0, 5.0])).sum().backward()
    assert_close(scores.grad, torch.tensor([0.25, -0.25, 0.0]), 1e-4, "gradient", atol=1e-6)


def test_a_node_hears_the_nodes_with_an_edge_to_it():
    values = torch.tensor([[1.0, 0.0], [0.0, 4.0], [8.0, 8.0]])
    scores = torch.tensor([1.0, 3.0, 1.0]).log()
    out = attend(scores, values, torch.tensor([0, 1, 2]), torch.tensor([2, 2, 0]), 3)
    assert_close(out, torch.tensor([[8.0, 8.0], [0.0, 0.0], [0.25, 3.0]]), 1e-5, "heard")


def test_edges_lead_one_way():
    out = attend(
        torch.zeros(1), torch.tensor([[1.0], [2.0]]), torch.tensor([0]), torch.tensor([1]), 2
    )
    assert_close(out, torch.tensor([[0.0], [1.0]]))


def test_random_graphs_match_a_loop():
    nodes, edges = 5, 12
    scores, values = torch.randn(edges), torch.randn(nodes, 3)
    source, target = torch.randint(0, nodes, (edges,)), torch.randint(0, nodes, (edges,))
    weights = softmax_of(scores.tolist(), target.tolist()).tolist()
    expected = torch.zeros(nodes, 3)
    for weight, s, t in zip(weights, source.tolist(), target.tolist()):
        expected[t] += weight * values[s]
    out = attend(scores, values, source, target, nodes)
    assert_close(out, expected, 1e-4, "heard", atol=1e-5)
