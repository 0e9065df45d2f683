"""Agencies: the news agencies the tool knows, as data: label, names in full, short forms, own domains.

The label is what `Credit.agency` and the JSON show. A *name* is unmistakable wherever it stands ("Associated Press"). A
*short form* may be a word, a state or a school course as well ("AP", "PA", "UNI"), so it counts only in the places an
agency stands: a dateline, a byline, a credit, "told AP" (see credits.py).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agency:
    """One news agency."""

    label: str
    names: tuple[str, ...] = ()  # unmistakable names, without "The"
    short: tuple[str, ...] = ()  # forms that are also other words, or stand in brackets only
    domains: tuple[str, ...] = ()  # its own sites, registrable part


AGENCIES: tuple[Agency, ...] = (
    Agency("Reuters", ("Thomson Reuters", "Reuters News Agency", "Reuters", "REUTERS"), (), ("reuters.com",)),
    Agency("AP", ("Associated Press", "ASSOCIATED PRESS"), ("AP", "A.P."), ("apnews.com", "ap.org")),
    Agency("AFP", ("Agence France-Presse", "Agence France Presse", "AFP"), (), ("afp.com",)),
    Agency("PTI", ("Press Trust of India", "PTI"), (), ("ptinews.com",)),
    Agency("ANI", ("Asian News International",), ("ANI",), ("aninews.in",)),
    Agency("IANS", ("Indo-Asian News Service", "IANS"), (), ("ians.in",)),
    Agency("UNI", ("United News of India",), ("UNI",), ("uniindia.com",)),
    Agency("UPI", ("United Press International", "UPI"), (), ("upi.com",)),
    Agency("PA", ("Press Association", "PA Media", "PA News Agency", "PA news agency"), ("PA",), ("pa.media",)),
    Agency("AAP", ("Australian Associated Press",), ("AAP",), ("aap.com.au", "aapnews.com.au")),
    Agency("Canadian Press", ("Canadian Press", "CANADIAN PRESS"), ("CP",), ("thecanadianpress.com",)),
    Agency("dpa", ("Deutsche Presse-Agentur", "German Press Agency"), ("dpa", "DPA"), ("dpa.com",)),
    Agency("APA", ("Austria Presse Agentur", "Austria Press Agency"), ("APA",), ("apa.at",)),
    Agency("EFE", ("Agencia EFE", "EFE"), ("Efe",), ("efe.com",)),
    Agency("Europa Press", ("Europa Press",), (), ("europapress.es",)),
    Agency("ANSA", ("Agenzia Nazionale Stampa Associata", "ANSA"), ("Ansa",), ("ansa.it",)),
    Agency("Lusa", ("Agência Lusa",), ("Lusa", "LUSA"), ("lusa.pt",)),
    Agency("Belga", ("Belga News Agency",), ("Belga", "BELGA"), ("belga.be",)),
    Agency("ANP", ("Algemeen Nederlands Persbureau",), ("ANP",), ("anp.nl",)),
    Agency("TT", ("Tidningarnas Telegrambyrå",), ("TT",), ("tt.se",)),
    Agency("NTB", ("Norsk Telegrambyrå",), ("NTB",), ("ntb.no",)),
    Agency("Ritzau", ("Ritzau",), (), ("ritzau.dk",)),
    Agency("PAP", ("Polska Agencja Prasowa", "Polish Press Agency"), ("PAP",), ("pap.pl",)),
    Agency("TASS", ("ITAR-TASS", "Itar-Tass", "TASS", "Tass"), (), ("tass.com", "tass.ru")),
    Agency("Interfax", ("Interfax-Ukraine", "Interfax", "INTERFAX"), (), ("interfax.com", "interfax.ru")),
    Agency("RIA", ("RIA Novosti", "RIA-Novosti"), ("RIA",), ("ria.ru",)),
    Agency("Ukrinform", ("Ukrinform",), (), ("ukrinform.net", "ukrinform.ua")),
    Agency("Anadolu", ("Anadolu Agency", "Anadolu Ajansı", "Anadolu"), ("AA",), ("aa.com.tr",)),
    Agency("IRNA", ("Islamic Republic News Agency", "IRNA"), (), ("irna.ir",)),
    Agency("Mehr", ("Mehr News Agency",), ("Mehr",), ("mehrnews.com",)),
    Agency("Fars", ("Fars News Agency",), ("Fars",), ("farsnews.ir", "farsnews.com")),
    Agency("Tasnim", ("Tasnim News Agency", "Tasnim"), (), ("tasnimnews.com",)),
    Agency("SANA", ("Syrian Arab News Agency",), ("SANA",), ("sana.sy",)),
    Agency("SPA", ("Saudi Press Agency",), ("SPA",), ("spa.gov.sa",)),
    Agency("WAM", ("Emirates News Agency",), ("WAM",), ("wam.ae",)),
    Agency("MENA", ("Middle East News Agency",), ("MENA",), ("mena.org.eg",)),
    Agency("Xinhua", ("Xinhua News Agency", "Xinhua", "XINHUA"), (), ("xinhuanet.com", "news.cn")),
    Agency("KCNA", ("Korean Central News Agency", "KCNA"), (), ("kcna.kp",)),
    Agency("Yonhap", ("Yonhap News Agency", "Yonhap"), (), ("yna.co.kr",)),
    Agency("Kyodo", ("Kyodo News", "Kyodo"), (), ("kyodonews.net",)),
    Agency("Jiji", ("Jiji Press",), ("Jiji", "JIJI"), ("jiji.com",)),
    Agency("CNA", ("Central News Agency",), ("CNA",), ("focustaiwan.tw", "cna.com.tw")),
    Agency("Antara", ("Antara News",), ("Antara", "ANTARA"), ("antaranews.com",)),
    Agency("Bernama", ("Bernama", "BERNAMA"), (), ("bernama.com",)),
    Agency("APP", ("Associated Press of Pakistan",), ("APP",), ("app.com.pk",)),
    Agency("Bloomberg", ("Bloomberg News", "BLOOMBERG NEWS"), ("Bloomberg",), ("bloomberg.com",)),
    Agency("Dow Jones", ("Dow Jones Newswires",), (), ("dowjones.com",)),
    Agency("CNN Wire", ("CNN Wire", "CNN NewSource", "CNN Newsource", "CNN NEWSOURCE"), ("CNN",), ()),
    Agency("TNS", ("Tribune News Service", "TRIBUNE NEWS SERVICE", "McClatchy-Tribune"), ("TNS",)),
    Agency("States Newsroom", ("States Newsroom",), (), ("statesnewsroom.com",)),
    Agency("NAMPA", ("Namibia Press Agency",), ("NAMPA", "Nampa"), ("nampa.org",)),
    Agency("NAN", ("News Agency of Nigeria",), ("NAN",), ("nannews.ng",)),
)


BY_FORM: dict[str, Agency] = {form: agency for agency in AGENCIES for form in (*agency.names, *agency.short)}
NAMES: frozenset[str] = frozenset(name for agency in AGENCIES for name in agency.names)  # unmistakable forms
BY_DOMAIN: dict[str, str] = {domain: agency.label for agency in AGENCIES for domain in agency.domains}  # -> label
