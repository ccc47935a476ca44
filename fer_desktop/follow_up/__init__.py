"""What a teacher may do after a lesson: where the class was lost, whom to talk to, what was better than last time."""
