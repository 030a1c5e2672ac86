"""What notify carries when a business moves in or out as a file."""

from __future__ import annotations

from clientela.business.file_parts import carries
from clientela.notify.actions.keep_file_messages import keep_file_messages
from clientela.notify.queries.file_messages import file_messages

carries("messages", told=file_messages, kept=keep_file_messages)
