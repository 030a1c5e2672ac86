"""Tables of the schedule storey."""

from clientela.schedule.models.closure import Closure
from clientela.schedule.models.hours import DatedHours, WeeklyHours
from clientela.schedule.models.open_block import OpenBlock
from clientela.schedule.models.time_off import TimeOff

__all__ = ["Closure", "DatedHours", "OpenBlock", "TimeOff", "WeeklyHours"]
