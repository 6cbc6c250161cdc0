"""Pages and the API: the only room that speaks HTTP."""
