"""Supply of medical devices on order (R50–R56): what the Fund pays, what the patient pays, and why."""
