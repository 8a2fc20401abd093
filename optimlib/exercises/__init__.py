"""The exercises of the course: their data, the widgets that show them, and what a reader has done of them."""
