"""``python -m exactpwl`` is the command line ``exactpwl``."""

from exactpwl.cli import main

if __name__ == "__main__":
    main(prog_name="exactpwl")
