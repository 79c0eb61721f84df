"""How the shipped weights are made. The app never imports this."""
