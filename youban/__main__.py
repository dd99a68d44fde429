"""``python -m youban``."""

from youban.cli import main

if __name__ == "__main__":
    main()
