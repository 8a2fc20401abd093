"""What judges code and runs a reader's code. It runs in a notebook's CPython, and on the site in MicroPython and in Pyodide.

So nothing here imports more than the standard library, and only what MicroPython has of it.
"""
