"""Command line: arguments in; one library call; a rendered result out. Nothing is decided here that a caller needs.

app        the commands, how arguments are read, what help looks like
options    the options as typer wants them, made from the table in dedup/config.py
cluster    dedup cluster
diff       dedup diff
check      dedup check
config     dedup config show
outcome    how a run ends: errors, faults and signals -> exit codes

A new command is a module here with one function, one line in `app`, and rows in dedup/config.py for its settings.
"""
