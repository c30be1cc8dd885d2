"""A checker of certificates that trusts nobody; docs/certificate.md gives format and rules."""
