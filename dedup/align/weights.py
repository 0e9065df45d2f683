"""Weights of the evidence, as tests/benchmarks/fit_align.py fits them. Written by that script: change it, not this.

left out, level 0.45: all      link 0.837 label 0.907 dropped 0.963
left out, level 0.45: news day link 0.905 label 0.932 dropped 0.973
left out, level 0.45: hard     link 0.765 label 0.886 dropped 0.934
fitted, level 0.45: link 0.852 label 0.914 dropped 0.967
"""

FIRST = {
    "constant": -3.49,
    "size_left": -0.8002,
    "size_right": -0.522,
    "covered_left": -2.164,
    "covered_right": -0.1891,
    "in_left": 1.476,
    "in_right": 1.274,
    "in_shorter": 1.9,
    "in_longer": 0.5184,
    "shared": 1.535,
    "strongest": 3.653,
    "third": 0.307,
    "strong": -0.1209,
    "other_figures": 0.9333,
    "place": -0.7122,
    "around": -1.181,
    "pairs": 2.594,
    "pairs_in_shorter": 0.03195,
    "triples": -1.038,
    "triples_in_shorter": 3.268,
}

SECOND = {
    "constant": -4.642,
    "size_left": -0.4511,
    "size_right": -0.0338,
    "covered_left": -0.892,
    "covered_right": 1.177,
    "in_left": 0.4822,
    "in_right": 1.564,
    "in_shorter": 0.3219,
    "in_longer": 2.221,
    "shared": -0.619,
    "strongest": 1.684,
    "third": 0.4352,
    "strong": -0.004486,
    "other_figures": 0.66,
    "place": 0.1406,
    "around": 0.1494,
    "pairs": 1.688,
    "pairs_in_shorter": 0.3318,
    "triples": -0.8746,
    "triples_in_shorter": 3.69,
    "first": 0.2356,
    "rival_row": 0.1627,
    "diagonal": 1.574,
    "beside": 1.41,
    "above": 1.197,
    "twin": -1.984,
    "gain": 1.328,
    "gain_share": 2.237,
    "rival_column": -1.198,
    "exact": -4.978,
    "exact_elsewhere": -1.326,
}
