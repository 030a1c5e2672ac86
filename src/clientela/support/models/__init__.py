"""Tables of support."""

from clientela.support.models.help_feedback import HelpFeedback, WhyNot

__all__ = ["HelpFeedback", "WhyNot"]
