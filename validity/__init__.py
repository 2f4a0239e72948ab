"""How well the engine reads labelled data that it was not fitted to, including where it fails. One module a claim."""
