"""The fieldwork of a survey: who was asked, opened, began and finished, how fast, and where they stopped."""
