from tests.servers.imap import certificate, imap_kind, imap_server

__all__ = ["certificate", "imap_kind", "imap_server"]
