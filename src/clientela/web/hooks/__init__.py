"""The hooks: where carriers of messages push what became of them, and what people answered."""
