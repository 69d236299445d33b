"""The REST API's own rooms: who may call, how often, how errors look. The calls stand in each app's `api.py`."""
