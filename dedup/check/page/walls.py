"""Walls: what stands on a page instead of the story, or where the free part of it ends. Words only; wall.py judges.

Each phrase is a pattern over one piece of text (a line or sentence) in lower case, without the signs before its first
letter, so that "^" means that the piece begins so. All are linear: what may stand between two words is bounded and
never crosses a full stop. A phrase is looked for only where a stem of it stands, since most pages have none. The
languages are English, German, French, Spanish, Italian, Portuguese, Dutch, Hindi, Russian and Japanese.

Strengths: "rest" says that the story goes on for those who pay or register; "strong" is printed by nothing but a wall;
"weak" stands in the furniture of whole stories too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Strength = Literal["rest", "strong", "weak"]

_PARTS = {
    "<article>": r"(?:articles?|story|stories|content|page|post|column|report|analysis)",
    "<go on>": r"\bto (?:continue|go on|keep|finish|read|access|view|unlock|see)\b",
    "<this>": r"(?: reading| on)?(?: (?:this|the|our)\b|[.!:]|$)",
    "<ad block>": r"\bad[- ]?block",
}

# The rest is not free.
_REST = (
    ("subscri", r"^(?:please )?(?:log ?in or )?subscribe\b[^.!?]{0,40}<go on><this>"),
    ("subscriber", r"^become a (?:paying |digital )?subscriber\b[^.!?]{0,40}<go on><this>"),
    ("log in", r"^(?:please )?log in\b[^.!?]{0,40}<go on><this>"),
    ("sign in", r"^(?:please )?sign in\b[^.!?]{0,40}<go on><this>"),
    ("sign up", r"^(?:please )?sign up\b[^.!?]{0,40}<go on><this>"),
    ("register", r"^(?:please )?register\b[^.!?]{0,40}<go on><this>"),
    ("free account", r"^create (?:a|your) free account\b[^.!?]{0,20}<go on><this>"),
    ("to continue reading", r"^to continue reading(?: (?:this|the) <article>)?,? (?:please )?(?:you (?:need|must|"
     r"have) to )?(?:subscribe|log ?in|sign ?in|sign up|register|become|create|start|choose|purchase|buy|join)\b"),
    ("subscribers", r"(?:rest|remainder) of (?:this|the) <article> is (?:only )?(?:available |reserved )?(?:only "
     r")?(?:to|for) (?:our )?(?:paying |registered |digital )?subscribers"),
    ("subscribers", r"^(?:this|the full) <article> is (?:only |exclusively )?(?:available |reserved )?(?:only |"
     r"exclusively )?(?:for|to) (?:our )?(?:paying |paid |registered |digital |premium )?subscribers"),
    (" members", r"^(?:this|the full|the rest of this) <article> is (?:only |exclusively )?(?:available |reserved "
     r")?(?:only |exclusively )?(?:for|to) (?:our )?(?:paying |paid |registered |premium )?members\b"),
    ("subscriber", r"^this <article> is (?:a )?subscriber[s'’]{0,2}[- ](?:only|exclusive)"),
    ("free articles", r"^you(?:['’]ve| have) (?:reached|hit|used|read)\b[^.!?]{0,40}\bfree articles"),
    ("free articles", r"^you have (?:no|0) free articles (?:left|remaining)"),
    ("article limit", r"^you(?:['’]ve| have) (?:reached|hit)\b[^.!?]{0,20}\barticle limit"),
    ("abonnent", r"(?:nur|exklusiv|ausschließlich) für (?:unsere )?(?:digital)?abonnent"),
    ("weiterlesen", r"^(?:jetzt )?weiterlesen mit [^.!?]{0,30}(?:abo\b|plus|premium|\+)"),
    ("weiterlesen", r"^(?:jetzt |bitte )?(?:abonnieren|registrieren|anmelden|testen|freischalten|"
     r"einloggen)[^.!?]{0,40}\bweiterlesen"),
    ("weiterzulesen", r"^(?:bitte |um )[^.!?]{0,60}weiterzulesen"),
    ("diesen artikel", r"^(?:um )?diesen artikel (?:weiter|vollständig|zu ende)[^.!?]{0,40}(?:lesen|abo|anmeld)"),
    ("de cet article", r"^il vous reste [\d.,\s]{1,8}% de cet article"),
    ("aux abonnés", r"(?:la suite|cet article|contenu|article)(?: de cet article)? (?:est )?réservée? (?:à nos|"
     r"aux) abonnés"),
    ("nos abonnés", r"(?:la suite|cet article|contenu|article) (?:est )?réservée? à nos abonnés"),
    ("abonnez-vous", r"^abonnez-vous[^.!?]{0,30}\bpour (?:lire|continuer|accéder|poursuivre)"),
    ("connectez-vous", r"^connectez-vous[^.!?]{0,30}\bpour (?:lire|continuer|accéder|poursuivre)"),
    ("inscrivez-vous", r"^inscrivez-vous[^.!?]{0,30}\bpour (?:lire|continuer|accéder|poursuivre)"),
    ("suscriptores", r"(?:contenido|artículo|noticia) (?:es )?(?:exclusiv[oa]|solo|reservad[oa]) (?:para|a) "
     r"(?:los |nuestros )?suscriptores"),
    ("suscríb", r"^suscríb(?:ete|ase)[^.!?]{0,30}\bpara (?:seguir|continuar|leer|acceder)"),
    ("regístr", r"^regístr(?:ate|ese)[^.!?]{0,30}\bpara (?:seguir|continuar|leer|acceder)"),
    ("sesión", r"^inici[ae] sesión[^.!?]{0,30}\bpara (?:seguir|continuar|leer|acceder)"),
    ("leyendo", r"^para (?:seguir|continuar) leyendo,? (?:suscríb|regístr|inicia|hazte)"),
    ("abbonati", r"(?:contenuto|articolo) (?:è )?(?:riservato|esclusivo|disponibile solo) (?:agli|per gli) abbonati"),
    ("abbonati", r"^abbonati[^.!?]{0,30}\bper (?:continuare|leggere|proseguire|accedere)"),
    ("per continuare a leggere", r"^per continuare a leggere,? (?:abbonati|registrati|accedi)"),
    ("registrati ", r"^registrati[^.!?]{0,30}\bper (?:continuare|leggere|proseguire|accedere)"),
    ("assinantes", r"(?:conteúdo|matéria|artigo|texto) (?:é )?(?:exclusiv[oa]|restrit[oa]) (?:para|a) (?:os "
     r")?assinantes"),
    ("assine", r"^assine[^.!?]{0,30}\bpara (?:continuar|ler|acessar)"),
    ("cadastre-se", r"^cadastre-se[^.!?]{0,30}\bpara (?:continuar|ler|acessar)"),
    ("para continuar lendo", r"^para continuar lendo,? (?:assine|cadastre|faça)"),
    ("abonnees", r"^(?:dit artikel|dit verhaal|deze inhoud) is (?:alleen|exclusief|enkel) (?:voor|beschikbaar "
     r"voor) (?:onze )?abonnees"),
    ("abonne", r"^(?:abonneer|word abonnee)[^.!?]{0,30}\bom (?:verder|dit|door|het)"),
    ("om verder te lezen", r"^(?:log in|registreer|maak een account)[^.!?]{0,30}\bom verder te lezen"),
    ("सदस्य", r"(?:यह|पूरी|पूरा) (?:लेख|खबर|ख़बर)[^।.!?]{0,30}सदस्य"),
    ("सब्सक्राइब", r"(?:पूरी|पूरा|आगे)[^।.!?]{0,30}सब्सक्राइब करें"),
    ("подписчик", r"(?:доступ|материал|статья)[^.!?]{0,40}подписчик"),
    ("подписку", r"^(?:чтобы (?:читать|прочитать|продолжить|дочитать)[^.!?]{0,40})?оформите подписку"),
    ("чтобы", r"^(?:подпишитесь|войдите|зарегистрируйтесь)[^.!?]{0,30}\bчтобы (?:читать|прочитать|продолжить|"
     r"дочитать)"),
    ("会員", r"(?:この記事は|本文は)[^。]{0,12}会員(?:限定|専用)|(?:有料)?会員限定(?:記事|です)"),
    ("残り", r"残り[:：]?\s?[\d,０-９]{1,6}\s?文字"),
    ("会員登録", r"(?:続き|全文)(?:を|は)[^。]{0,20}会員登録|会員登録(?:すると|して)[^。]{0,12}(?:続き|全文)"),
    ("ログイン", r"(?:続き|全文)(?:を|は)[^。]{0,20}ログイン|ログイン(?:すると|して)[^。]{0,12}(?:続き|全文)"),
)  # fmt: skip
# Robots; blocked advertising; blocked places; for subscribers only.
_STRONG = (
    ("you are human", r"(?:verify|confirm|prove)(?: that)? you are human"),
    ("you are a human", r"(?:verify|confirm|prove)(?: that)? you are a human"),
    ("robot", r"(?:verify|confirm|prove)(?: that)? you(?:['’]re| are) not a robot|^are you a robot"),
    ("checking", r"^checking (?:your browser|if the site connection is secure)"),
    ("enable j", r"enable (?:javascript|js)\b[^.!?]{0,60}(?:to continue|to view|to proceed|to use|ad ?blocker|"
     r"reload)"),
    ("javascript", r"^javascript (?:is|has been|must be) (?:not )?(?:disabled|required|enabled)"),
    ("cookies", r"(?:you (?:need|must|have) to|please) (?:enable|allow) cookies|browser must accept cookies"),
    ("unusual traffic", r"unusual traffic (?:from|coming from|on) your"),
    ("our interruption", r"^pardon our interruption"),
    ("denied", r"^access (?:to this page has been )?denied\W{0,3}$"),
    ("permission to", r"^you don['’]t have permission to (?:access|view)"),
    ("ray id", r"^(?:cloudflare )?ray id\b"),
    ("captcha", r"(?:complete|solve|enter)[^.!?]{0,20}captcha"),
    ("security check", r"(?:complete|completing|perform\w{0,3}) (?:the|a) security check"),
    ("roboter", r"(?:bestätigen|beweisen) sie,? dass sie kein roboter"),
    ("aktivieren sie", r"^(?:bitte )?aktivieren sie (?:javascript|cookies)"),
    ("un robot", r"^(?:veuillez )?(?:confirme[rz]|prouve[rz]) que vous n['’]êtes pas un robot"),
    ("activer javascript", r"^(?:veuillez )?activer javascript"),
    ("un robot", r"^(?:por favor,? )?(?:confirm[ae]|demuestr[ae]) que no eres un robot|^(?:conferma|dimostra) di "
     r"non essere un robot"),
    ("um robô", r"^(?:confirme|prove) que (?:você )?não é um robô"),
    ("geen robot", r"^bevestig dat (?:je|u) geen robot bent"),
    ("не робот", r"^(?:пожалуйста, )?подтвердите, что[^.!?]{0,30}не робот"),
    ("ロボット", r"ロボットではありません|ロボットでないこと"),
    ("javascriptを", r"javascriptを有効に"),
    ("ad block|adblock|ad-block", r"(?:noticed|detected|looks like|seems|see)[^.!?]{0,40}<ad block>"),
    ("ad block|adblock|ad-block", r"^(?:please )?(?:disable|turn off|whitelist|pause)[^.!?]{0,20}<ad block>"),
    ("werbeblocker", r"^(?:bitte )?(?:deaktivieren|schalten) sie (?:ihren |den )?(?:werbe|ad)[- ]?blocker"),
    ("bloqueur", r"^(?:veuillez )?désactive[rz] votre bloqueur"),
    ("bloqueador", r"^(?:por favor,? )?desactiv[ae] (?:tu|su|o seu|el) bloqueador"),
    ("legal reasons", r"^(?:451[:\s-]{1,3})?unavailable (?:due to|for) legal reasons"),
    ("in most european countries", r"^[^.!?]{0,60}\b(?:unavailable|not available) in most european countries"),
    ("in the european", r"^[^.!?]{0,60}\b(?:unavailable|not available) in the european"),
    ("in your", r"^(?:sorry, )?this (?:content|website|site|page|article|video|service) is (?:currently "
     r")?(?:unavailable|not available|blocked) in your (?:country|region|location)"),
    ("subscriber", r"^subscribers?[- ]only(?: (?:content|article|story))?\W{0,3}$"),
    ("subscriber", r"^subscribers?[- ]exclusive(?: (?:content|article|story))?\W{0,3}$"),
)  # fmt: skip
# Signing in; cookies and consent.
_WEAK = (
    ("log in", r"^log in(?: or (?:register|create an account|sign up))?\W{0,3}$"),
    ("sign in", r"^sign in(?: or (?:register|create an account|sign up))?\W{0,3}$"),
    ("already a", r"^already a (?:subscriber|member)\?"),
    ("already have a", r"^already have an? (?:subscription|account)\?"),
    ("an account?", r"^don['’]t have an account\?"),
    ("password?", r"^forgot (?:your )?password\?"),
    ("free articles", r"^you(?:['’]ve got| have) \w{1,8} free articles (?:left|remaining)"),
    ("subscribe", r"^subscribe (?:now|today|for (?:free|full|unlimited|just|only))\b"),
    ("ed access", r"^(?:get|enjoy|start your) unlimited access"),
    ("l access", r"^(?:get|enjoy|start your) (?:unlimited |full )?(?:digital|full) access"),
    ("cookie", r"^(?:we|we and our (?:\d+ )?(?:\w+ )?partners|this (?:web)?site|our (?:web)?site) uses? "
     r"[^.!?]{0,60}cookie"),
    ("on a device", r"^we and our [^.!?]{0,40}(?:store|access)[^.!?]{0,40}information on a device"),
    ("your privacy", r"^we (?:value|care about|respect) your privacy"),
    ("you agree", r"^by (?:clicking|continuing|using)[^.!?]{0,60}you agree"),
    ("you consent", r"^by (?:clicking|continuing|using)[^.!?]{0,60}you consent"),
    ("cookies", r"^(?:accept|reject|allow|manage|decline|customi[sz]e)(?: all| my| your)? cookies\W{0,3}$"),
    ("accept all", r"^accept all\W{0,3}$"),
    ("reject all", r"^reject all\W{0,3}$"),
    ("allow all", r"^allow all\W{0,3}$"),
    ("preferences", r"^manage (?:my |your |cookie |privacy )?preferences\W{0,3}$"),
    ("before you continue to", r"^before you continue to\b"),
    ("cookie", r"^(?:wir|diese (?:web)?seite)\b[^.!?]{0,40}(?:verwende[nt]|nutzt|nutzen|benutz(?:en|t)|setz(?:en|"
     r"t))\b[^.!?]{0,30}cookie"),
    ("akzeptieren", r"^(?:alle (?:cookies )?|cookies )akzeptieren\W{0,3}$"),
    ("alle ablehnen", r"^alle ablehnen\W{0,3}$"),
    ("einwilligung", r"^wir benötigen (?:ihre|deine) (?:einwilligung|zustimmung)"),
    ("cookie", r"^(?:nous|ce site)\b[^.!?]{0,40}utilis(?:ons|e|ent)\b[^.!?]{0,30}cookie"),
    ("accepter", r"^(?:tout accepter|accepter et (?:fermer|continuer)|continuer sans accepter|accepter les "
     r"cookies)\W{0,5}$"),
    ("tout refuser", r"^tout refuser\W{0,3}$"),
    ("cookie", r"^(?:nosotros y nuestros socios )?(?:utilizamos|usamos|este sitio (?:web )?(?:utiliza|usa)|este "
     r"site (?:utiliza|usa))\b[^.!?]{0,30}cookie"),
    ("acepta", r"^acept(?:ar|o)(?: tod[oa]s?)?(?: las)?(?: cookies)?\W{0,3}$"),
    ("rechazar", r"^rechazar (?:todo|todas|cookies)\W{0,3}$"),
    ("cookie", r"^(?:utilizziamo|usiamo|questo sito (?:web )?(?:utilizza|usa))\b[^.!?]{0,30}cookie"),
    ("accetta", r"^accetta (?:tutt[oi]|(?:tutti )?i cookie)\W{0,3}$"),
    ("rifiuta", r"^rifiuta tutt[oi]\W{0,3}$"),
    ("aceitar", r"^aceitar (?:todos|cookies|todos os cookies)\W{0,3}$"),
    ("rejeitar", r"^rejeitar (?:todos|cookies|todos os cookies)\W{0,3}$"),
    ("cookie", r"^(?:wij|we|deze website)\b[^.!?]{0,40}(?:gebruiken|gebruikt|plaatsen|plaatst)\b[^.!?]{0,30}cookie"),
    ("accepteren", r"^alles? (?:cookies )?accepteren\W{0,3}$"),
    ("weigeren", r"^alles? (?:cookies )?weigeren\W{0,3}$"),
    ("कुकी", r"^(?:हम|यह (?:साइट|वेबसाइट))[^।.!?]{0,40}कुकी"),
    ("स्वीकार", r"^(?:सभी|सभी कुकी(?:ज़|ज)?) स्वीकार करें"),
    ("cookie", r"^(?:мы|этот сайт|сайт)\b[^.!?]{0,20}использу(?:ем|ет)\b[^.!?]{0,30}cookie"),
    ("куки", r"^(?:мы|этот сайт|сайт)\b[^.!?]{0,20}использу(?:ем|ет)\b[^.!?]{0,30}куки"),
    ("принять", r"^принять (?:все|cookie|куки|все cookie|все куки|все файлы cookie)\W{0,3}$"),
    ("当サイト|このサイト|本サイト", r"(?:当サイト|このサイト|本サイト)(?:で|)は[^。]{0,30}cookie"),
    ("クッキー", r"(?:当サイト|このサイト|本サイト)(?:で|)は[^。]{0,30}クッキー"),
    ("同意", r"^(?:同意する|すべて同意|同意して続ける)\W{0,3}$"),
)  # fmt: skip

_BEGINNING = 4
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Walls:
    """Phrases by stem, and stems by the beginning of their longest word."""

    phrases: Mapping[str, Sequence[tuple[Strength, re.Pattern[str]]]]
    stems: Mapping[str, Sequence[str]]  # "": of scripts without blanks, which have no beginnings of words

    def stems_in(self, low: str) -> list[str]:
        """The stems that may stand in `low`. Asking for the beginnings of its words is three times as fast as asking
        for every stem."""
        known = self.stems.keys() & {word[:_BEGINNING] for word in low.split()}
        return [stem for beginning in (*known, "") for stem in self.stems.get(beginning, ())]


def _walls(tables: Mapping[Strength, Sequence[tuple[str, str]]]) -> Walls:
    phrases: dict[str, list[tuple[Strength, re.Pattern[str]]]] = {}
    stems: dict[str, list[str]] = {}
    for strength, table in tables.items():
        for alternatives, phrase in table:
            for name, part in _PARTS.items():
                phrase = phrase.replace(name, part)
            for stem in alternatives.split("|"):
                phrases.setdefault(stem, []).append((strength, re.compile(phrase)))
    for stem in phrases:
        word = "" if _UNSPACED.search(stem) else max(stem.split(), key=len)
        stems.setdefault(word[:_BEGINNING], []).append(stem)
    return Walls(phrases, stems)


ALL = _walls({"rest": _REST, "strong": _STRONG, "weak": _WEAK})
REST = _walls({"rest": _REST})
