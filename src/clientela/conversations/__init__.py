"""What a business and a person wrote to each other, outside of appointments' messages."""
