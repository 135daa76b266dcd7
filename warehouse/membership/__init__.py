"""What becomes of members: their classes, who stays, cohorts, who is at risk, what their files hold."""
