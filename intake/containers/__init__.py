"""Files that hold files or text - archives, enclosed mails, office documents, PDF, OFD - opened within limits.

The one entry is ``intake.containers.opening.open_file``; each module beside it reads one family of formats.
"""
