"""What the invented wire day is made from; `wire-day/derive.py` puts it together."""
