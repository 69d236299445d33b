"""The pages of correspondence: one function a page, those open to all in modules of their own."""
