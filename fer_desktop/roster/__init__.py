"""Names of people: how they are compared, and the names of a course's students, matched with those in a call."""
