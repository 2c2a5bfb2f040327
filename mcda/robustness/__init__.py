"""How sure the answer is, and what would change it: draws, switching values, regret, information, and the like."""
