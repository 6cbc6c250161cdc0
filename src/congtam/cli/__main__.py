"""`python -m congtam.cli`: the same as `congtam`."""

from congtam.cli.main import main

main()
