"""The second factor of log-in: codes of an authenticator app, security keys, recovery codes.

The ceremonies are django-allauth's. Ours are the duty and its days, what is kept encrypted, the record of acts, and
the reset by an administrator.
"""
