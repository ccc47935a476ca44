"""Encrypting the lessons: choosing a key, keeping the recovery key, waiting, and the password at the start."""
