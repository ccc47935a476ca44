"""Keys of encrypted lessons: made, kept in the system's keyring, derived from a password, written down."""
