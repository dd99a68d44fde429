"""What papers a mail brings: by its own words (``named``), and by what the pictures show (``pages``, ``kinds``)."""
