"""Tables of conversations."""

from clientela.conversations.models.conversation import Conversation, Medium
from clientela.conversations.models.entry import Direction, Entry

__all__ = ["Conversation", "Direction", "Entry", "Medium"]
