"""What each export holds; `warehouse.exports` is the way in."""
