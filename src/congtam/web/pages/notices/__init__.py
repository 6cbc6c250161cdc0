"""The daily digest and how one gets it, the calendar of deadlines, and what makes the site fit for a phone."""
