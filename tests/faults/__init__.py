"""Faults and kills: what the program does where the system refuses a call, or ends it in the middle of one."""
