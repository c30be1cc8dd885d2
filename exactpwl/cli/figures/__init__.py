"""The figures of ``exactpwl plot``, one module a command, each loaded when it is called."""
