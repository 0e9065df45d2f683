"""Engines: other ways to run the stages than this one machine. `spark/` is for what one machine cannot hold."""
