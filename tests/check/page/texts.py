"""Invented articles in many kinds and languages, and how to make a page of a text. Nobody in them exists."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path
from typing import Any

from dedup import clean, read
from dedup.check.page import Fault, Page, faults, language_of
from dedup.model import Article, Skipped

ROOT = Path(__file__).parents[3]
SETTINGS: dict[tuple[str, str], float | int | str] = {("TXT002", "words"): 30, ("TXT004", "percent"): 60.0}


def option(rule: str, name: str) -> float | int | str:
    return SETTINGS[rule, name]


def page(text: str, **rest: Any) -> Page:
    """A page of `text`, as a run would make it; `rest` are fields of Page, or of Article behind "article_"."""
    about = {name.removeprefix("article_"): rest.pop(name) for name in list(rest) if name.startswith("article_")}
    return Page(Article("a", text, outlet="ledger.example", **about), clean.furniture(text), **rest)


def rules(text: str, **rest: Any) -> list[str]:
    """The rules that find something on a page of `text`."""
    return [fault.rule for fault in found(text, **rest)]


def found(text: str, **rest: Any) -> list[Fault]:
    rest.setdefault("language", language_of(text))
    return list(faults(page(text, **rest), option))


def seconds(text: str) -> float:
    """The least of three times that the rules take for a page of `text` without furniture."""
    plain, times = Page(Article("a", text), ()), []
    for _ in range(3):
        start = time.perf_counter()
        list(faults(plain, option))
        times.append(time.perf_counter() - start)
    return min(times)


@cache
def dispatches() -> tuple[str, ...]:
    """The invented agency reports of seeds/: whole English stories of 150 to 700 words."""
    return tuple(item.text for item in _articles("seeds") if len(item.text) > 900)


@cache
def printed() -> tuple[Article, ...]:
    """What the invented outlets of corpora/wire-day made of them."""
    return tuple(_articles("corpora/wire-day"))


def _articles(folder: str) -> list[Article]:
    sources = [source for source in read.sources([str(ROOT / folder)]) if not isinstance(source, Skipped)]
    return [item for source in sources for item in read.read(source) if isinstance(item, Article)]


# Whole, and ending as stories end that have no last full stop, or one that looks like the end of something else.
WHOLE = {
    "results": """HARLOW BAY, Oct 14 - Results of the third round of the Harlow Bay Open on Tuesday, with seeds \
in brackets, after a \
morning of rain that held up play on the outer courts for nearly two hours.
Mira Solberg (1) beat Ana Ferro 6-4 6-2
Jo Tanaka-Reed (5) beat Lena Ostrov 7-5 3-6 7-6
Dora Pell beat Imke Vries (3) 6-1 6-0
Ines Marchetti (8) beat Kit Oyelaran 6-3 6-4""",
    "questions": """Q: How long will the bridge at Tolvan stay closed?
A: The county says until the spring. Engineers found cracks in two of the four cables, and new ones have to be \
made to order by a works \
in Brask, which has a waiting list of five months.
Q: Who pays for it?
A: Nobody knows yet. The builder's guarantee ended last year, and the insurer says that rust is not damage.
Q: Can I still walk across?
A: No.""",
    "verse": """The winner of the Kaveripur harbour prize for verse, chosen from nine hundred entries by a jury \
of three, is a pilot from the \
eastern docks. This is her poem.
The tide has a clock of its own
and keeps it under the pier
I have asked it what time it is
it tells me the time of year""",
    "letters": """The council should be ashamed of what it has done to Market Street. We were promised trees \
and benches; we got \
bollards and a ticket machine that takes no coins. My mother is 84 and cannot walk from the new bus stop to the \
baker.
I have written to the mayor three times. Three times I was sent the same leaflet about the joys of cycling, \
with a picture of a young \
man on a racing machine who is plainly on some other street, in some other town.
— Edwin Farrow, Westerby""",
    "signed": """WESTERBY, Oct 14 - The last lamplighter of the old town put out his last lamp on Tuesday, and \
two hundred people \
stood in the rain to see it done. The lamps will be electric from Wednesday.
"It is only a job," said Osric Vane, 61, who has walked the same four miles every evening for 38 years. "But I \
shall miss the dogs."
The town has given him his ladder.
Tamsin Reyes-Holt""",
    "recipe": """Autumn in the Serrat hills means quince, and the best of it goes into this tart, which Nonna \
Ilaria of the Crown inn has \
made every October since she was a girl. It keeps for a week, if anybody lets it.
You need:
• four ripe quinces
• a cup of brown sugar
• half a pound of butter
• flour, salt and cold water""",
    "table": """The pound of Karvelia fell on Tuesday after the central bank left rates where they were. \
Dealers spoke of a quiet morning \
and a nervous afternoon, and most had gone home by five.
Close, with Monday in brackets
Dollar 3.4120 (3.4055)
Euro 3.9870 (3.9911)
Yen, per 100 2.2840 (2.2795)""",
    "captions": """A fire destroyed the old rope works at Northmoor on Monday night, and firefighters from six \
stations kept it from the \
houses on Mill Lane. Nobody was hurt.
The works had been empty for eleven years. A plan to turn them into flats was refused in May.
Smoke over the old rope works at Northmoor, seen from the church tower""",
    "rhetoric": """Every year the minister of works stands up in parliament and says that the tunnel will be \
finished next year. Every \
year the opposition laughs, and every year the money is voted through, because nobody wants to be the one who \
stopped the tunnel.
I have covered eleven of these speeches. They have the same number of pages, and since the fourth of them they \
have had the same joke \
about the mole. The mole is not funny. The mole was not funny in the year of the flood, when the joke was made \
with pumps running in the \
background, and it will not be funny next October either.
What would be funny is a train. One train, with people in it, coming out at the other end with the lights on \
and the doors working. I \
would buy a ticket. I would bring my children, who were not born when the digging began, and who may have \
children of their own by the time \
it ends. And then we could all stand on the platform and wait, and wait, and wait...""",
    "toggle": """The harbour of Kelda will be dredged for the first time in thirty years, the port authority \
said on Tuesday. Work begins \
in March and will cost four million crowns.
Fishermen have asked for it since the storm of 2009, which left a bar of sand across the mouth. Boats of more \
than two metres' draught wait \
for the tide. less""",
}  # fmt: skip

ABOUT_WALLS = {
    "paywall": """PORT MAREN - The Daily Lantern will ask its readers to pay from November. Anyone who opens \
more than five stories a month \
will be told to subscribe to continue reading, the editor, Paula Grint, said on Tuesday.
"We have tried everything else," she said. "If you like what we do, subscribe now."
The paper has 40,000 readers a day and 1,100 of them pay. Its rival, the Isle Sentinel, put up a paywall three \
years ago and took it down \
after four months, when half of its readers had left.
Subscribers to the printed paper will not have to pay twice.""",
    "cookies": """The data watchdog of Karvelia fined the railway 200,000 crowns on Tuesday because its website \
set cookies before anybody \
had agreed to them.
The banner said "We use cookies to improve your journey" and had one button, "Accept all cookies". Those who \
looked for another found it on the \
third page, in grey on grey, the watchdog said.
The railway said that it respected the privacy of its passengers and would appeal. It has taken the banner down \
and now asks nothing at all.""",
    "robots": """A robot that asks people whether they are human opened the new season at the Brask theatre on \
Monday. "Are you a robot?" it says \
to the first row, and waits.
The piece, by the engineer and playwright Lev Adair, lasts 70 minutes. Halfway through, the audience is asked \
to complete a captcha with \
coloured cards, and nobody may leave before it is solved.
Critics were divided. The Echo called it "an access denied of an evening"; the Sentinel laughed.""",
    "plea": """A ferry that broke its moorings in Monday's storm was brought back to Kelda by two tugs on \
Tuesday. Nobody was on board.
The Maren Star had drifted four miles. Her owner said that a rope of the wrong kind had been used, and that the \
man who used it had been \
spoken to.
She sails again on Thursday.
Subscribe now to our free newsletter
Already a subscriber? Log in
We use cookies to improve your experience.""",
}  # fmt: skip

# Two stories each of languages other than English, long enough to tell.
FOREIGN = {
    "de": (
        """Der Stadtrat von Westerfelde hat am Dienstag beschlossen, die alte Brücke über die Linne abzureißen \
und durch eine neue zu ersetzen. \
Für den Neubau stimmten 21 der 34 Mitglieder. Die Arbeiten sollen im März beginnen und zwei Jahre dauern. \
Während dieser Zeit müssen \
Autofahrer einen Umweg von sieben Kilometern nehmen. Fußgänger können eine Behelfsbrücke benutzen. „Wir haben \
lange genug gewartet“, sagte \
Bürgermeisterin Jutta Brandhöfer nach der Sitzung. Gegner des Plans kündigten an, vor Gericht zu ziehen.""",
        """Ein Bäcker aus Oberrieden hat das größte Brot des Landes gebacken. Es wiegt 340 Kilo und ist länger \
als ein Autobus. Gebacken wurde \
es in einem Ofen, der sonst für Ziegel gebraucht wird. Nach Angaben der Gemeinde kamen mehr als tausend \
Besucher, um es zu sehen. Gegen Abend \
war nichts mehr davon übrig. Der Erlös geht an die Feuerwehr, die einen neuen Schlauch braucht. Im nächsten \
Jahr soll es ein Kuchen werden.""",
    ),
    "fr": (
        """Le conseil municipal de Valbrune a décidé mardi de fermer la piscine à la fin du mois. Les élus ont \
expliqué que les réparations \
coûteraient plus de deux millions d'euros. « Nous n'avons pas trouvé d'autre solution », a déclaré la maire, \
Odile Ferrandier, devant une salle \
pleine. Plusieurs associations avaient demandé un délai. Les enfants des écoles iront nager à Montreval, à \
trente kilomètres de là. Une pétition \
a déjà réuni quatre mille signatures, et une manifestation est prévue samedi sur la place de l'hôtel de ville.""",
        """Un berger des hauteurs de Saint-Arvel a retrouvé lundi une cloche perdue depuis la guerre. Elle \
était cachée sous une pierre, près \
de la source où ses brebis vont boire. Les habitants du village l'ont transportée jusqu'à l'église sur une \
charrette tirée par deux bœufs. Elle \
sonnera de nouveau dimanche, après quatre-vingts ans de silence. Le curé a promis que ce serait à midi, et pas \
avant.""",
    ),
    "es": (
        """El ayuntamiento de Villasorda aprobó el martes el cierre del mercado viejo, que llevaba abierto más \
de cien años. Los vendedores, \
que se enteraron por la radio, protestaron delante del edificio. La alcaldesa, Remedios Quintanar, dijo que el \
techo podía caerse en cualquier \
momento y que no había dinero para arreglarlo. Los puestos se trasladarán a una nave de las afueras hasta que \
se encuentre una solución. «Aquí \
nació mi padre y aquí vendo yo», dijo una pescadera entre lágrimas.""",
        """Una tormenta dejó sin luz a los pueblos de la sierra de Almera durante la noche del lunes. Los \
bomberos atendieron más de doscientas \
llamadas, sobre todo por árboles caídos en las carreteras. No hubo heridos. Las escuelas permanecerán cerradas \
hasta el jueves, según informó el \
gobierno regional. Los vecinos compartieron velas y comida, y en la plaza se cantó hasta muy tarde porque nadie \
podía dormir.""",
    ),
    "it": (
        """Il consiglio comunale di Castelmoro ha deciso martedì di vietare le automobili nel centro storico. \
La misura entrerà in vigore a \
gennaio e riguarderà anche i residenti, che potranno lasciare la macchina in un parcheggio vicino alla \
stazione. «È una scelta di civiltà», ha \
detto la sindaca Ludovica Baracchi. I commercianti temono di perdere clienti e hanno annunciato uno sciopero \
per la prossima settimana. Nelle \
città vicine, dove il divieto esiste già, le vendite sono invece aumentate.""",
        """Due pescatori di Portoscuro hanno salvato una balena rimasta impigliata nelle reti. L'animale, lungo \
dodici metri, era vicino alla \
costa da tre giorni. I due hanno lavorato per tutta la notte con i coltelli, mentre gli altri tenevano ferma la \
barca. All'alba la balena ha \
ripreso il largo. «Ci ha guardati», ha raccontato uno di loro, «e poi non l'abbiamo più vista».""",
    ),
    "pt": (
        """A câmara municipal de Vilarinho do Cabo aprovou na terça-feira a construção de uma nova escola. As \
obras começam em março e devem \
durar dois anos. Os alunos ficarão entretanto nas salas do antigo quartel, que foram pintadas pelos próprios \
pais. «Não é o ideal, mas é o que \
temos», disse o presidente, Aurélio Pestana. A oposição votou contra porque considera que o terreno escolhido \
fica longe demais do centro e não \
tem transporte público.""",
        """Um pescador encontrou na praia de Areias Brancas uma garrafa com uma carta escrita há setenta anos. \
A mensagem, assinada por uma \
menina chamada Leonor, pedia a quem a encontrasse que lhe escrevesse de volta. O jornal da terra descobriu que \
ela ainda está viva e mora a \
poucos quilómetros dali. Na próxima semana vão conhecer-se. «Já não esperava resposta», disse ela, a rir.""",
    ),
    "nl": (
        """De gemeenteraad van Oosterwolde aan Zee heeft dinsdag besloten om de oude vuurtoren te verkopen. Er \
hebben zich al elf kopers \
gemeld, onder wie een bakker die er een hotel van wil maken. Volgens de burgemeester kost het onderhoud te veel \
geld en is het licht al jaren \
niet meer nodig. Bewoners zijn boos, want zij werden niet gevraagd. Zij hebben een actiegroep opgericht en \
willen de toren zelf kopen. Daarvoor \
is nog drie ton nodig.""",
        """Een kudde schapen heeft maandag het verkeer op de weg naar Hoogveen twee uur lang stilgelegd. De \
dieren waren ontsnapt uit een \
weiland waarvan het hek niet goed was gesloten. De politie probeerde ze met een hond terug te brengen, maar de \
hond werd bang en ging in de auto \
zitten. Uiteindelijk kwam de boer zelf, die alleen maar hoefde te fluiten. Niemand raakte gewond en de schapen \
hadden het naar hun zin.""",
    ),
    "ru": (
        """Городской совет Верхнеозёрска во вторник решил закрыть старый мост через реку на ремонт. Работы \
начнутся в марте и продлятся два \
года. Всё это время жителям придётся ездить в объезд, что займёт лишние сорок минут. «Другого выхода у нас \
нет», — сказала глава города Лидия \
Пахомова после заседания. По её словам, деньги на ремонт уже выделены. Противники закрытия намерены обратиться \
в суд и собирают подписи.""",
        """Рыбак из посёлка Тихая Губа поймал сома весом девяносто килограммов. Он тянул его к берегу почти три \
часа, пока на помощь не \
пришли соседи. Посмотреть на рыбу собрался весь посёлок. Сома измерили, сфотографировали и отпустили обратно в \
реку, потому что, как сказал \
рыбак, такой старой рыбе надо жить. Теперь дети каждый вечер ходят на берег и зовут его по имени.""",
    ),
    "ja": (
        """汐見市議会は火曜日、古い橋を取り壊して新しい橋を建設する計画を賛成多数で可決した。工事は来年三月に始\
まり、二年かかる見通しだ。\
その間、車は七キロ遠回りしなければならない。市長の森下さくら氏は会議のあと「長い間お待たせした」と述べた。反対す\
る住民は、署名を集めて裁判所に訴える\
ことを検討している。""",
        """北浜町の漁師が月曜日、七十年前に書かれた手紙の入った瓶を海岸で見つけた。手紙には、拾った人は返事を書\
いてほしいと書かれていた。\
町の新聞が調べたところ、書いた女性は今も隣の町で暮らしていることが分かった。二人は来週、初めて会う予定だ。女性は\
「もう返事は来ないと思っていた」と笑った。""",
    ),
    "hi": (
        """नयापुर नगर परिषद ने मंगलवार को पुराने पुल को तोड़कर नया पुल बनाने का फैसला किया। काम मार्च में शुरू \
होगा और दो साल तक चलेगा। इस दौरान \
गाड़ियों को सात किलोमीटर लंबा रास्ता लेना होगा। बैठक के बाद महापौर सरला देवकर ने कहा कि लोग बहुत समय से इसका \
इंतजार कर रहे थे। विरोध करने वाले लोगों ने \
अदालत जाने की बात कही है।""",
        """एक मछुआरे को सोमवार को समुद्र के किनारे एक बोतल मिली जिसमें सत्तर साल पुरानी चिट्ठी थी। चिट्ठी में \
लिखा था कि जिसे यह मिले वह जवाब जरूर दे। अखबार ने \
पता लगाया कि चिट्ठी लिखने वाली महिला आज भी पास के गांव में रहती है। अगले हफ्ते दोनों की मुलाकात होगी। महिला ने \
हंसते हुए कहा कि अब उन्हें जवाब की उम्मीद नहीं थी।""",
    ),
}  # fmt: skip
