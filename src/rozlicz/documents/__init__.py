"""Is this bill complete and lawful, and when is it paid?"""
