"""Units: the currencies and measures that figures come in, as tables."""

from __future__ import annotations

CURRENCIES = {"$": "usd", "£": "gbp", "€": "eur", "¥": "jpy", "₹": "inr", "₽": "rub", "₩": "krw", "₪": "ils"}
MONEY = {
    "dollar": "usd", "dollars": "usd", "usd": "usd", "euro": "eur", "euros": "eur", "eur": "eur", "sterling": "gbp",
    "gbp": "gbp", "yen": "jpy", "jpy": "jpy", "rupees": "inr", "rupee": "inr", "roubles": "rub", "rubles": "rub",
    "yuan": "cny", "francs": "chf", "pesos": "peso", "won": "krw", "crowns": "crown", "kronor": "crown",
    "cents": "cent", "pence": "penny",
}  # fmt: skip
# Measures: (dimension, size in its base unit). Equal amounts in two units are one figure, within CONVERTED.
MEASURES = {
    "mile": ("length", 1609.34), "km": ("length", 1000), "kilometer": ("length", 1000), "kilometre": ("length", 1000),
    "meter": ("length", 1), "metre": ("length", 1), "foot": ("length", 0.3048), "feet": ("length", 0.3048),
    "ft": ("length", 0.3048), "inch": ("length", 0.0254), "yard": ("length", 0.9144), "cm": ("length", 0.01),
    "centimeter": ("length", 0.01), "centimetre": ("length", 0.01), "mm": ("length", 0.001),
    "kg": ("mass", 1), "kilo": ("mass", 1), "kilogram": ("mass", 1), "gram": ("mass", 0.001),
    "tonne": ("mass", 1000), "ton": ("mass", 1000), "ounce": ("mass", 0.02835), "lb": ("mass", 0.4536),
    "acre": ("area", 4046.9), "hectare": ("area", 10000),
    "mph": ("speed", 1.609), "kph": ("speed", 1), "kmh": ("speed", 1),
    "second": ("time", 1), "minute": ("time", 60), "hour": ("time", 3600), "day": ("time", 86400),
    "week": ("time", 604800), "month": ("time", 2629800), "year": ("time", 31557600), "decade": ("time", 315576000),
}  # fmt: skip
CONVERTED = 0.04  # papers round what they convert: "5 miles" is given as 8 km, 2.2 pounds as a kilo
