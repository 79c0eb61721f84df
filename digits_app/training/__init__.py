"""How the shipped weights come about. The app never imports this."""
