"""The ground floor: clock, tenancy, outbox, worker and guards. It knows no word of the trade."""
