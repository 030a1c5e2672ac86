"""Why did it not arrive? Asked at the desk, about an appointment or a client."""
