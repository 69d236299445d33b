"""Reports of services and what verification said."""
