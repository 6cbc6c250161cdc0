"""Days the site's calendar adds to or takes from the shipped one."""
