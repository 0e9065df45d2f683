"""Weights of the evidence. Written by tests/benchmarks/fit_align.py: change and run that, not this.

left out, level 0.42: all      link 0.851 label 0.916 dropped 0.964
left out, level 0.42: news day link 0.911 label 0.932 dropped 0.975
left out, level 0.42: hard     link 0.785 label 0.903 dropped 0.935
fitted, level 0.42: link 0.854 label 0.918 dropped 0.965
"""

FIRST = {
    "constant": -3.674,
    "size_left": -0.2551,
    "size_right": -0.244,
    "covered_left": -2.25,
    "covered_right": -0.2779,
    "in_left": 0.9461,
    "in_shorter": 3.713,
    "in_longer": 3.671,
    "strongest": 2.979,
    "other_figures": 0.9208,
    "place": -0.7715,
    "around": -1.882,
    "pairs": 2.355,
}

SECOND = {
    "constant": -2.209,
    "size_left": -0.6853,
    "size_right": -0.3692,
    "covered_left": -1.121,
    "covered_right": 0.8307,
    "in_left": 0.7153,
    "in_shorter": 1.552,
    "in_longer": 2.151,
    "strongest": 0.2583,
    "other_figures": 0.6679,
    "place": -0.005616,
    "around": -1.419,
    "pairs": 1.48,
    "first": 0.2283,
    "diagonal": 1.45,
    "beside": 1.336,
    "above": 1.219,
    "gain": 2.267,
    "rival_column": -1.056,
    "exact": -3.664,
    "exact_elsewhere": -1.418,
}
