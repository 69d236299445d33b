"""What belongs to no business area: commands, template tags, middleware, files, history, grants."""
