"""Cuts: what stands where a text was cut off, and what only looks so. Patterns and words; cut.py judges.

English, German, French, Spanish, Italian, Portuguese and Dutch; the marks in Hindi, Russian and Japanese too.
"""

from __future__ import annotations

import re

COUNTER = re.compile(r"\[\s?\+?\s?\d[\d.,]{0,8}\s?(?:more )?(?:chars|characters|words|Zeichen)\s?\]\W*\Z")
ELLIPSIS = re.compile(r"(?:\.\.\.|…|\. \. \.)[\"'”’»)]{0,2}\Z")
# Glued to what it cuts: on a line of its own it marks what a transcript leaves out.
BRACKETED = re.compile(
    r"[^\s][ \t\xa0]{0,3}[\[(](?:\.\.\.|…|&hellip;|&#8230;)[\])]\W{0,3}\Z|\((?:more|MORE)\)\W{0,3}\Z"
)
# "Read more" and its like, as a line of their own or behind an ellipsis. A colon after it opens a list of stories.
_MORE = (
    r"(?:read (?:more|on|full (?:story|article))|continue reading|keep reading|see more|show more|"
    r"(?:to )?(?:read|view|see) (?:the )?(?:full|rest of (?:the|this)|whole|entire|original) "
    r"(?:story|article|text|post)|"
    r"read the rest|full (?:story|article)|more »|"
    r"weiterlesen|mehr lesen|(?:den )?ganzen artikel lesen|zum (?:ganzen|vollständigen) artikel|"
    r"lire la suite|lire plus|lire l['’]article(?: complet)?|seguir leyendo|leer más|sigue leyendo|continuar leyendo|"
    r"continua a leggere|leggi tutto|leggi di più|leia mais|continue lendo|ler mais|lees verder|lees meer|"
    r"читать далее|читать полностью|подробнее|続きを読む|続きはこちら|और पढ़ें|आगे पढ़ें|पूरी खबर पढ़ें)"
)
GLUED = re.compile(rf"(?:\.\.\.|…)[\])]?\s{{0,3}}[\[(]?{_MORE}[^.!?:\n]{{0,60}}\Z", re.IGNORECASE)
MORE_LINE = re.compile(rf"\W{{0,4}}{_MORE}[^.!?:\n]{{0,60}}\Z", re.IGNORECASE)
BARE_MORE = re.compile(rf"\W{{0,4}}{_MORE}(?: (?:here|on|at)\b[^.!?:\n]{{0,40}})?[^\w:]{{0,4}}\Z", re.IGNORECASE)
# Says by itself that the rest is elsewhere.
ELSEWHERE = re.compile(
    r"\W{0,4}(?:(?:click here )?to (?:continue reading|read (?:the )?(?:full|rest of (?:the|this)|whole|entire))\b"
    r"|(?:continue reading|read the (?:full|rest of (?:the|this)|entire|whole) (?:story|article|post)) (?:at|on)\b)"
    r"[^\n]{0,100}\Z",
    re.IGNORECASE,
)

ENDS = frozenset(".!?…。！？।؟۔:;*>|")
CLOSERS = "\"'”’»“›)]}`"
# A signature or toggle behind the last full stop: " AP", " / ab", " (dpa)", " less".
SIGNED = re.compile(r"[.!?…][\"'”’»)\]]{0,2}\s?[/\-–—(\[]?\s?(?:[a-zß-ü]{1,6}|[A-Z]{2,6})[)\]]?\Z")
INNER_END = re.compile(r"[.!?][\"'”’»)\]]{0,2}\s+(?=[\"'“‘«(\[]?[^\W\d_a-zß-öø-ÿа-я])")
BULLET = re.compile(r"[-–—•·*▪■►→▶✓#>|+]|\d{1,3}[.)]\s|[A-Z]{2,}\b[^a-z]*\Z|Q:|A:")
# Links and lists of links.
ADDRESS = re.compile(r" \| |https?:|www\.|\.com\b|\.org\b|\.co\b|@|\bpic\.twitter")
CREDIT = re.compile(
    r"(?:video|photo|image|picture|credit|source|foto|bild|quelle|follow|contact|read|see|click|watch|sign up|"
    r"subscribe|like|by|with|via|reporting|editing|writing|edited|written|compiled|find|join|listen|download|share|"
    r"for more|"
    r"email|e-mail|call|visit|tickets|more|hear|get|check|also|related|copyright|jetzt|mehr|hier|©)\b|[—–-]",
    re.IGNORECASE,
)
# Words that nothing ends with: no sentence, headline, caption or label.
NEVER_LAST = frozenset(
    "the a an of and or nor whose from into than their its our my your because although though while unless as at "
    "during toward towards via between among according despite "
    "der das dem des ein eine einen einem einer und oder dass weil vom zum zur beim "
    "le la les une du et ou dont aux leur leurs "
    "el los las una unos y del "
    "il lo gli della delle dei degli nel nella "
    "os uma da dos das não "
    "het een en".split()
)
# Words that no whole line of prose ends with: one of 180 lines without an end did, and it was cut. Short lines do
# ("What to look for").
HARDLY_LAST = frozenset(
    "to by with for in on about after before since until through under against without within over near but his her "
    "is are was were be been has have had will would could should may might must can not that which who when where if "
    "these those such each every some several many more most other told including what how he she they it we i there "
    "mit von für bei als wie seine ihre seiner ihrer die den im am "
    "de à dans pour par sur avec que qui sont ont se sa ses cette ces un au "
    "en por para con sin sobre se su sus un no al "
    "di da in con per tra fra che si suo sua è ha hanno "
    "em por com sem que se seu sua são foi na no e "
    "van met bij naar dat zijn heeft".split()
)
