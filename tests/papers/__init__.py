"""Fictional papers with their truth, photographed as citizens do it: what recognition is tested and measured on.

``samples.make_samples`` gives labelled, seeded photographs; ``layouts`` how the papers look, a third of them held
back from whoever writes the rules; ``camera`` what a telephone, a copier and a careless hand make of them.
"""
