"""Writes mails as Chinese mail programmes do, and wrong in every way that they are: what the reader must survive.

``combine`` names the combinations and makes their mails, ``survival`` says what the reader lost of one,
``mutate`` breaks mails at random. All is seeded: the same case gives the same bytes for ever.
"""
