"""What a scheme of reward comes to in money, and what a fund can bear. Pure: no day is asked, nothing is kept."""
