"""What is run by hand to make a file of the project again."""
