"""Weights of the evidence, as tests/benchmarks/fit_align.py fits them. Written by that script: change it, not this.

left out, level 0.45: all      link 0.841 label 0.915 dropped 0.962
left out, level 0.45: news day link 0.901 label 0.932 dropped 0.974
left out, level 0.45: hard     link 0.778 label 0.901 dropped 0.930
fitted, level 0.45: link 0.854 label 0.918 dropped 0.965
"""

FIRST = {
    "constant": -0.6787,
    "size_left": -1.085,
    "size_right": -0.8211,
    "covered_left": -2.456,
    "covered_right": -0.4744,
    "in_left": 1.178,
    "in_right": 0.9954,
    "in_shorter": 1.618,
    "in_longer": 0.3768,
    "shared": 2.276,
    "strongest": 1.998,
    "third": 1.027,
    "other_figures": 0.931,
    "place": -0.7676,
    "around": -2.557,
    "pairs": 1.971,
    "pairs_in_shorter": 0.7609,
}

SECOND = {
    "constant": -2.57,
    "size_left": -0.6661,
    "size_right": -0.3235,
    "covered_left": -1.123,
    "covered_right": 0.8928,
    "in_left": 0.4683,
    "in_right": 1.117,
    "in_shorter": 0.474,
    "in_longer": 1.323,
    "shared": 0.07941,
    "strongest": 0.7376,
    "third": 1.02,
    "other_figures": 0.6974,
    "place": 0.01471,
    "around": -1.233,
    "pairs": 1.391,
    "pairs_in_shorter": 0.9677,
    "first": 0.1962,
    "diagonal": 1.452,
    "beside": 1.305,
    "above": 1.224,
    "twin": -0.8425,
    "gain": 1.46,
    "gain_share": 1.729,
    "rival_column": -1.095,
    "exact": -3.629,
    "exact_elsewhere": -1.331,
}
