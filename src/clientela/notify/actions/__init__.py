"""What notify does: plan messages, send what is due, settle what is ambiguous."""
