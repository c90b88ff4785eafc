"""An invented case, marked 样例 everywhere: for `DEMO=1`, `make demo` and the tests.

`story` says what happened, `files` writes it as phones write it. No person, firm or number in it
exists; the numbers are of a prefix that no operator has been given.
"""
