"""Whether the computer runs on its battery."""


def is_on_battery() -> bool:
    """False also where that is not known, as on computers without a battery."""
    import psutil  # a hundredth of the start, and asked for only during a lesson

    try:
        battery = psutil.sensors_battery()
    except (AttributeError, OSError, RuntimeError):  # no such sensors on this system, or unreadable ones
        return False
    return battery is not None and battery.power_plugged is False
