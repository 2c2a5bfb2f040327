"""Policy questions: one package each, with trade-offs as code and every number from data.

A question package imports only `mcda` and has to offer:

- `problem()`, the question as an `mcda.Problem`;
- `perspectives(problem=None)`, the weights of each holder by name;
- `scenarios(problem=None)`, the futures as a table;
- `DATA`, the folder of its files;
- `MEASURES`, the formulas that criteria.csv names.

A question of judged cells alone needs no package: its folder of CSV files is enough.
"""
