"""E-mail: written as text and HTML with a calendar file, handed to an SMTP server or the simulator."""
