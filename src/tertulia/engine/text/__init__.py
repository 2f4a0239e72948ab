"""The parts of the text stage: cleaning, tokens, weights, contexts, draws. `engine/uptake.py` puts them together."""
