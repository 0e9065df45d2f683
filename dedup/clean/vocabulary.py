"""Vocabulary: the words pages are made of, as data for cues.py. All lower case.

Three bags. A line made only of CHROME words (figures and signs aside) is page, whatever their order: outlets invent
new buttons every week, but out of the same words. A line made of TIME words and figures is a timestamp. OPENERS stand
before a headline of another story ("Related: ...") or alone above a list of them.
"""

from __future__ import annotations

from dedup.datelines import MONTHS

DAYS = frozenset(
    "mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday today "
    "yesterday tonight montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi "
    "vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo".split()
)
TIME = (
    MONTHS
    | DAYS
    | frozenset(
        "a p m am pm et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst ist cet cest aest aedt sgt jst hkt wib z "
        "uhr h hr hrs hour hours min mins minute minutes sec secs second seconds day days week weeks month months ago "
        "updated update posted published publish originally first last modified on at the of de le el il am um vor "
        "morning afternoon evening midnight noon date time local stand aktualisiert veröffentlicht publié mis à jour "
        "publicado actualizado st nd rd th one two three an issued released created edited revised".split()
    )
)
STAMPS = frozenset(
    "updated posted published modified originally aktualisiert veröffentlicht publié publicado ago".split()
)

CHROME = frozenset(
    "facebook twitter tweet tweets retweet retweets whatsapp linkedin pinterest pin reddit tumblr flipboard email "
    "e-mail mail google instagram telegram messenger youtube tiktok snapchat rss feed copy link url print save share "
    "shares shared sharing like likes follow followers comment comments reply replies send sent cancel post posted "
    "connect commentemailmore more_vert play_arrow video_youtube sms bookmark icon button "
    "advertisement advertisements ad ads sponsored sponsor promoted content paid outbrain taboola "
    "continue reading read more less main the story stories continued continues below above article articles "
    "headline headlines "
    "also see watch listen now playing play replay pause mute video videos photo photos gallery galleries image images "
    "picture pictures slideshow slide fullscreen full screen view show hide expand collapse close open back next prev "
    "previous up to of or and in on for your you our this us with by from here a an all it i "
    "related recommended trending popular most latest top best editor's editors picks news feedback updates "
    "subscribe subscriber subscribers subscription sign signed log login logout register join newsletter newsletters "
    "forgot password username remember me account submit search menu home navigation skip scroll page edition edit "
    "about contact help faq faqs terms service privacy policy conditions cookies cookie conversation guidelines "
    "tags tag topics topic sections section category filed under categories enlarge caption captions credit "
    "free trial try digital access unlimited loading please wait error reload refresh thumbnail toggle "
    "teilen drucken merken lesen weiterlesen mehr zum thema anzeige werbung kommentare startseite "
    "partager imprimer commenter lire aussi publicité suivre compartir imprimir comentarios leer más publicidad "
    "just watched must sections politics world business sports entertainment opinion health weather".split()
)
# Chrome words that alone, or with one other word, prove nothing: a bag of only these is left to its neighbours.
FILLERS = frozenset(
    "the of or and in on for your you our this us with by from here a an all it i to up about like more less now "
    "best top first help home next back see world business sports health".split()
)

OPENERS = (
    "read more", "read also", "also read", "read", "related", "related stories", "related content", "related story",
    "related articles", "related article", "related coverage", "see also", "see more", "also", "also see", "more",
    "watch", "watch more", "watch now", "watch live", "listen", "more from", "more on", "more news", "more stories",
    "most popular", "most read", "popular stories", "popular", "trending", "trending in politics", "recommended",
    "recommended video", "recommended videos", "recommended for you", "you may also like", "you might also like",
    "don't miss", "must read", "must reads", "in other news", "top stories", "latest stories", "editor's picks",
    "further reading", "photos", "video", "gallery", "lesen sie auch", "mehr zum thema", "lire aussi", "à lire aussi",
    "lea también", "leia também", "leggi anche", "lees ook", "what others are reading", "more coverage",
)  # fmt: skip
LIST_OPENERS = frozenset(OPENERS) - frozenset(
    {"read", "watch", "more", "listen", "photos", "video", "gallery", "popular"}
)

# Phrases no reporter writes into a story; found anywhere in a line that is not long. Each needs two words at least.
NOTICES = (
    "all rights reserved", "may not be published", "rewritten or redistributed", "sign up for our", "sign up for the",
    "sign up here", "sign up to receive", "thank you for signing up", "subscribe to our", "subscribe for",
    "subscribe now", "subscribe today", "subscribe to read", "already a subscriber", "become a subscriber",
    "get unlimited access", "unlimited digital access", "unlimited access to", "email newsletter", "daily newsletter",
    "our newsletter", "our free newsletter", "free newsletters", "delivered to your inbox", "in your inbox",
    "terms of service", "terms of use", "privacy policy", "community guidelines", "cookie policy",
    "must accept cookies", "accept cookies", "click here to", "click here for", "to comment on this",
    "commenting please read", "please check back", "check back for", "check back here for", "check back later",
    "refresh this page", "this is a developing story", "this is a breaking news story",
    "developing story and will be updated", "story will be updated", "story was updated", "story has been updated",
    "article has been updated", "article was updated", "this story has been corrected",
    "this article has been corrected", "this version corrects", "this version of the story",
    "this article was originally published", "this story was originally published", "originally appeared on",
    "originally published by", "first appeared on", "first published by", "was first published on",
    "this material may not", "story continues below", "article continues below", "story continued below",
    "continue reading below", "story continues after", "scroll down for", "swipe to", "follow us on",
    "like us on facebook", "follow him on twitter", "follow her on twitter", "follow them on twitter",
    "on twitter at @", "find us on facebook", "join the conversation", "download our app", "download the app",
    "has been sent to your", "has been posted to your facebook", "enable javascript", "your browser",
    "letter to the editor or write", "be the first to know", "share your thoughts", "add your two cents",
    "have your say", "support quality journalism", "supports journalism", "support our journalism", "make a donation",
    "this content is not available", "this video is not available", "video is currently unavailable",
    "opinions expressed", "views expressed in this", "did not write this", "auto-generated from a syndicated feed",
    "plan that's right for you", "never miss a story", "has not been edited by", "published from a syndicated feed",
    "from an agency feed without", "is published unedited", "to find out more about", "you can change the location",
    "alle rechte vorbehalten", "tous droits réservés", "todos los derechos reservados", "tutti i diritti riservati",
    "unser newsletter",
)  # fmt: skip

REFILED = (
    "(the story is refiled",
    "(this story",
    "(this version",
    "(corrects",
    "(refiles",
    "(adds",
    "(updates",
    "(recasts",
)

# How a credit reads when it is a sentence. Found in the last lines only, or in a short line.
CREDITS = (
    "contributed to this", "contributed reporting", "contributed from", " contributed.", "reported from",
    "with inputs from",
    "with input from", "with agency inputs", "inputs from agencies", "with files from", "with reporting by",
    "with reports from", "reporting by", "writing by", "editing by", "additional reporting", "compiled by",
    "agencies contributed", "staff writer", "wire reports", "wire services", "this report was written by",
    "report by the associated press", "photographer", "news services contributed",
    "from the associated press was used", "mit material von", "mit informationen von",
)  # fmt: skip
PHOTO_SOURCES = (
    "ap photo", "getty images", "afp photo", "file photo", "pool photo", "photo:", "photo by", "photos by",
    "photograph by", "photo courtesy", "courtesy of", "/getty", "via ap", "/ap)", "/reuters", "via reuters",
    "reuters/", "shutterstock", "epa-efe", "usa today sports", "usa today network", "handout", "image:", "foto:",
    "picture alliance", "istock", "screengrab", "screenshot", "video provided by", "picture:", "associated press)",
    "/afp", "afp/", "european pressphoto agency", "alamy", "zuma press", "© ", "(c) ", "credit:", "wireimage", "/ap",
    "imago",
)  # fmt: skip
# One of these is in each of them; a line without any names none, which is known at a third of the cost.
PHOTO_STEMS = (
    "oto", "/", "imag", "via ", "courtesy", "stock", "epa-", "usa today", "handout", "pictur", "screen", "provided by",
    "press)", "alamy", "zuma", "© ", "(c) ", "credit:",
)  # fmt: skip
OUTLET_WORDS = frozenset(
    "press news times post herald tribune journal sentinel network agency images staff bureau correspondent reporter "
    "writer editor columnist contributor gazette chronicle guardian telegraph express mail media magazine today radio "
    "tv broadcasting service wire daily observer enquirer star globe".split()
)
# Small words inside names and bylines.
JOINERS = frozenset("and & the of for in at by with de la van von der den el al bin via from und et y to on".split())
