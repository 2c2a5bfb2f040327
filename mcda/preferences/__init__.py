"""What is wanted, and by whom: weights and pairwise judgements."""
