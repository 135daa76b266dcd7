"""The command line: one module a command, each with NAME, `add_arguments(parser)` and `run(arguments) ->
int`."""
