"""The client's own money: balances, what can be bought, sales and their papers."""
