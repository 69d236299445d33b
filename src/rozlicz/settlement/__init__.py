"""How much is due? One module a method of payment; every amount carries its explanation."""
