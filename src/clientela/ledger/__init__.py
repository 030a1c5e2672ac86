"""What was sold, granted, redeemed and paid: movements that balance."""
