"""Files of any size, in constant memory: read into a database of their own, checked value by value, stored in
parts."""
