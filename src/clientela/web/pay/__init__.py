"""The pay door: hosted pages lead back here, links to pay begin here, providers' events arrive here."""
