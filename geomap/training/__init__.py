"""How each file of weights is made again."""
