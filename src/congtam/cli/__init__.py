"""One command, `congtam`: each subcommand asks the engine or the intake one question and prints the answer.

Only here are the wall clock and the terminal known. Exit codes: 0 done, 1 findings, 2 unusable input, 3 not allowed.
"""
