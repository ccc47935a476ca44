"""What the program has to say to a user: keys with arguments, and their texts in each language."""
