"""Registration of parties: the form, the signed agreement, the branch's queue."""
