"""Check: what was read and clustered -> findings about the feed, by rules with stable ids.

rules         the table of rules and their options
views         what rules look at (`Entry`, `Pile`), and what they say (`Found`)
times         a time as given -> the moments and the day it can mean
duplicates, meta, feed, wire, kills    the rules of a family each: a Pile -> Founds
page/         the rules that judge one article's text alone
policy        settings -> which rules count, how much, with what options, and what is suppressed
fingerprint   what a finding is about -> the same digits in every run
baseline      findings known and put up with: a JSON file
judge         Founds, policy and baseline -> findings, ignored, stale

Theory of operation. A rule says only what it sees (`Found`): it knows no level, no settings but its own options, no
baseline. Everything that turns this into a result is the same for all rules and happens once, in `judge`. Nothing here
reads files or calls a stage: pipeline/check.py makes the views.
"""
