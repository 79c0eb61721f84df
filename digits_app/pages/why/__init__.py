"""Why an answer is what it is: on the Draw page and for each digit of Mistakes."""
