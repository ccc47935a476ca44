"""The few dialogs: settings, how sure it is, about."""
