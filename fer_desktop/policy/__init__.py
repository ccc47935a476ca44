"""The rules of privacy and law: where expressions may be read, what the class is informed of, pseudonyms."""
