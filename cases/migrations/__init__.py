"""The schema's revisions, one file each in ``versions/``. There is no way back but the backup.

A new one: change ``cases/tables.py``, then ``python -m cases.migrations 0002 "what changes"``, then read it over.
"""
