"""How a result is shown: sentences, figures, pages."""
