"""The rulebooks a site adopted, drafts with a second approver, and what the site chose."""
