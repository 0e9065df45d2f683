"""TXT005: walls instead of a story and where one breaks off; stories about walls, and pleas below whole ones."""

from __future__ import annotations

import re

import pytest

from dedup.check.page.wall import _notices
from dedup.check.page.walls import ALL
from tests.check.page.texts import ABOUT_WALLS, FOREIGN, dispatches, found, rules, seconds

WALL = "TXT005"
INSTEAD = (
    "Subscribe to continue reading this article.",
    "This article is for subscribers only.\nAlready a subscriber? Log in",
    "You have reached your limit of free articles this month. Subscribe for full access.",
    "To continue reading this story, please register or log in.",
    "Please sign in to go on reading.",
    "Create a free account to continue reading.",
    "Please verify you are a human\nAccess to this page has been denied because you seem to be a program.",
    "Checking your browser before accessing tribune.example.\nRay ID: 7a1b2c3d4e5f",
    "Please enable JavaScript and cookies to continue.",
    "Please enable JS and disable any ad blocker",
    "Our systems have detected unusual traffic from your computer network.",
    "Are you a robot?\nPlease click the box below to let us know.",
    "Pardon Our Interruption",
    'Access Denied\nYou don\'t have permission to access "http://tribune.example/ferry" on this server.',
    "Log In\nDon't have an account?\nSign up here »\nYour Web browser must accept cookies.\nForgot password?",
    "We and our 312 partners store and/or access information on a device.\nAccept all\nReject all\nManage preferences",
    "We use cookies to make this site work.\nAccept all cookies",
    "We've noticed you're using an adblocker. Please turn off your ad blocker.",
    "451: Unavailable due to legal reasons\nWe recognise you are visiting from the European Economic Area.",
    "Unfortunately, our website is currently unavailable in most European countries.",
    "This content is not available in your region.",
    "Dieser Artikel ist exklusiv für Abonnenten.\nJetzt weiterlesen mit Tribüne Plus",
    "Bitte registrieren Sie sich, um weiterzulesen.",
    "Wir und unsere 120 Partner verwenden Cookies.\nAlle akzeptieren",
    "Bitte bestätigen Sie, dass Sie kein Roboter sind.",
    "Il vous reste 82.5% de cet article à lire. La suite est réservée aux abonnés.",
    "Abonnez-vous pour lire la suite.",
    "Nous utilisons des cookies pour mesurer l'audience.\nTout accepter\nContinuer sans accepter",
    "Contenido exclusivo para suscriptores",
    "Regístrate gratis para seguir leyendo.",
    "Utilizamos cookies propias y de terceros.\nAceptar todas",
    "Contenuto riservato agli abbonati",
    "Abbonati per continuare a leggere.",
    "Utilizziamo i cookie per migliorare il servizio.\nAccetta tutti",
    "Conteúdo exclusivo para assinantes",
    "Assine agora para continuar lendo.",
    "Utilizamos cookies neste site.\nAceitar todos",
    "Dit artikel is alleen voor abonnees.",
    "Log in of maak een account aan om verder te lezen.\nWord abonnee om verder te lezen.",
    "Wij gebruiken cookies om deze website te verbeteren.\nAlles accepteren",
    "यह लेख केवल सदस्यों के लिए है।",
    "पूरी खबर पढ़ने के लिए सब्सक्राइब करें",
    "Материал доступен только подписчикам.",
    "Оформите подписку, чтобы читать дальше.",
    "Мы используем файлы cookie.\nПринять все",
    "Подтвердите, что вы не робот.",
    "この記事は有料会員限定です。残り1234文字",
    "続きを読むには会員登録が必要です。",
    "当サイトではCookieを使用しています。\n同意する",
    "私はロボットではありません",
)
PIECES = (
    "Become a subscriber to read this story", "This article is subscriber-only", "Subscribers only",
    "Subscriber exclusive", "Sign in or register", "This story is available exclusively to members",
    "You have no free articles left", "You have three free articles remaining", "You've hit your article limit",
    "You've read all of your free articles", "Cet article est réservé à nos abonnés",
    "Inscrivez-vous pour lire la suite",
    "Para continuar lendo, assine o jornal", "Confirm that you are human", "JavaScript is not enabled",
    "Solve this captcha",
    "Why do I have to complete a CAPTCHA?", "Please complete the security check",
    "Bitte aktivieren Sie JavaScript",
    "Veuillez confirmer que vous n'êtes pas un robot", "Confirma que no eres un robot",
    "Conferma di non essere un robot",
    "Veuillez activer JavaScript", "Confirme que não é um robô", "Bevestig dat u geen robot bent",
    "JavaScriptを有効にしてください",
    "It looks like you are using an ad blocker", "Please disable your ad-blocker",
    "Please pause your adblock software",
    "Bitte deaktivieren Sie Ihren Werbeblocker", "Veuillez désactiver votre bloqueur de publicités",
    "Recht auf Lesen nur für Abonnenten",
    "Por favor, desactiva tu bloqueador de anuncios", "This page is not available in the European Union",
    "Already have an account?", "Get unlimited access", "Enjoy full digital access", "We value your privacy",
    "By continuing to use this site you agree to our terms", "By clicking below you consent to them",
    "Allow all",
    "Before you continue to Tribune", "Alle ablehnen", "Wir benötigen Ihre Einwilligung", "Tout refuser",
    "Rechazar todo",
    "Rifiuta tutti", "Rejeitar todos", "Alles weigeren", "हम कुकी का उपयोग करते हैं", "सभी स्वीकार करें",
    "Мы используем куки",
    "このサイトではクッキーを使用しています", "Unavailable due to legal reasons", "Access denied", "Ray ID: 1f2e3d",
)  # fmt: skip
CUTS = (
    "Subscribe to continue reading.",
    "Log in or subscribe to keep reading this story.",
    "To continue reading, subscribe today.\nAlready a subscriber? Log in",
    "The rest of this article is available to subscribers only.",
    "This story is for subscribers.",
    "You've reached your free articles limit for this month: you have read all of your free articles.",
    "Register to read the full story.",
    "Sign up to unlock this article.",
)
FOREIGN_CUTS = {
    "de": ("Diesen Artikel weiterlesen mit Tribüne-Abo", "Nur für Abonnenten",
    "Jetzt abonnieren und weiterlesen"),
    "fr": ("Il vous reste 61% de cet article à lire.", "La suite est réservée aux abonnés",
    "Connectez-vous pour lire"),
    "es": ("Suscríbete para seguir leyendo", "Para continuar leyendo, suscríbete",
    "Inicia sesión para seguir leyendo"),
    "it": ("Articolo riservato agli abbonati", "Registrati per leggere tutto",
    "Per continuare a leggere abbonati"),
    "pt": ("Matéria exclusiva para assinantes", "Assine para continuar lendo", "Cadastre-se para ler mais"),
    "nl": ("Deze inhoud is enkel voor abonnees", "Word abonnee om dit te lezen", "Abonneer om door te lezen"),
    "ru": ("Доступ открыт только подписчикам", "Подпишитесь, чтобы читать дальше", "Оформите подписку"),
    "ja": ("残り：412文字", "この記事は会員限定です", "ログインして続きを読む"),
}  # fmt: skip


@pytest.mark.parametrize("text", INSTEAD)
def test_a_notice_instead_of_the_story(text: str) -> None:
    assert WALL in rules(text)


@pytest.mark.parametrize("notice", CUTS)
def test_a_story_that_breaks_off_at_a_notice(notice: str) -> None:
    for text in dispatches()[:5]:
        start = "\n\n".join(text.split("\n\n")[:4])
        assert WALL in rules(f"{start}\n\n{notice}\n\nMore from the Ledger")


@pytest.mark.parametrize("language", FOREIGN_CUTS)
def test_a_story_that_breaks_off_in_other_languages(language: str) -> None:
    for notice in FOREIGN_CUTS[language]:
        assert WALL in rules(f"{FOREIGN[language][0]}\n{notice}", language=language), notice


def test_the_wall_is_the_cause_and_the_only_finding() -> None:
    assert rules("PORT MAREN - Divers went down again on Tuesday.\nSubscribe to continue reading this article.") == [
        WALL
    ]
    assert rules(f"{dispatches()[0][:700].rpartition(' ')[0]}\n\nSubscribe to continue reading.") == [WALL]


@pytest.mark.parametrize("kind", ABOUT_WALLS)
def test_stories_about_walls_and_pleas_below_whole_ones(kind: str) -> None:
    assert rules(ABOUT_WALLS[kind]) == []


@pytest.mark.parametrize(
    "notice", [*CUTS, "Subscribe now for $1", "Log in", "We use cookies to improve your experience."]
)
def test_a_whole_long_story_with_a_notice_below(notice: str) -> None:
    """The whole text is there: what stands below it is furniture, however it is worded."""
    longest = max(dispatches(), key=len)
    assert WALL not in rules(f"{longest}\n\n{notice}")


def test_a_notice_above_the_story_cuts_nothing() -> None:
    text = max(dispatches(), key=len)
    assert WALL not in rules(f"Subscribe to continue reading.\n\n{text}")
    assert WALL not in rules("\n\n".join(["Subscribe to continue reading.", *text.split("\n\n")[:5]]))


def test_a_share_left_to_read_tells_even_below_a_long_text() -> None:
    text = f"{max(dispatches(), key=len)}\n\nIl vous reste 12.4% de cet article à lire."
    (fault,) = [fault for fault in found(text) if fault.rule == WALL]
    assert fault.excerpt == "Il vous reste 12.4% de cet article à lire."


@pytest.mark.parametrize("piece", PIECES)
def test_pieces_of_notices(piece: str) -> None:
    assert list(_notices(f"The ferry sank.\n{piece}\nDivers went down.", ALL))


def test_every_phrase_finds_something() -> None:
    texts = [*INSTEAD, *CUTS, *PIECES, *(text for texts in FOREIGN_CUTS.values() for text in texts)]
    pieces = [piece.strip(" •") for text in texts for piece in re.split(r"(?<=[.!?।。])\s*|\n", text.lower())]
    for stem, phrases in ALL.phrases.items():
        for _, phrase in phrases:
            known = [other for other, same in ALL.phrases.items() if phrase in [found for _, found in same]]
            hits = [piece for piece in pieces if phrase.search(piece) and any(s in ALL.stems_in(piece) for s in known)]
            assert hits, (stem, phrase.pattern)


@pytest.mark.parametrize(
    "text",
    [
        "“Subscribe to continue reading,” the page said.",
        "He told her to log in to continue, and she did.",
        "The paper wants readers to sign up to read more than five stories.",
        "Access was denied to reporters on Tuesday.",
        "The minister, who had accepted all cookies on the plate, left.",
        "The club has 4,000 members only because it is cheap.",
    ],
)
def test_reports_are_no_notices(text: str) -> None:
    assert not list(_notices(text, ALL))


@pytest.mark.parametrize(
    "piece",
    [
        "subscribe ",
        "log in to ",
        "we use ",
        "cookie",
        "cookies ",
        "you have ",
        "残り",
        "abonnez-vous ",
        "i̇ ",
        "İ cookie ",
    ],
)
def test_hostile_pages_take_linear_time(piece: str) -> None:
    short, long = (seconds(piece * (size // len(piece))) for size in (2_000, 16_000))
    assert long < 24 * max(short, 0.001)
