"""Limits: every cap and threshold of the tool, each with where it comes from and what would notice if it were wrong.

A name here is the only place its number stands. Grouped by the stage that uses it.
"""


# --- report

# Digits of a share or score in every output. Four tell apart any two shares of a 5,000-word article; more would be
# noise in a diff of two results.
SHARE_DIGITS = 4
# Members of a cluster that are rendered at a time: one may have a million.
MEMBERS_AT_ONCE = 1_000

# Name of a half-written file's end, and the age at which one is taken for a killed run's: no result takes an hour to
# write, so a younger one may still be in work.
TEMPORARY_SUFFIX = ".dedup-tmp"
STALE_SECONDS = 3600

# Seconds between two progress lines in a log (CI takes a silent minute for a hang) and between two draws of the live
# bar (ten a second look smooth and cost nothing measurable).
PROGRESS_SECONDS = 10.0
REDRAW_SECONDS = 0.1

# The table on a terminal: what is shown before it folds (about three screens), the widest outlet column, the room a
# headline of its own needs to be worth showing, the reasons for skipping that are named, and the width below which
# lines rather overflow than lose their columns. Chosen by eye at 80 and 120 columns.
TABLE_CLUSTERS = 20
TABLE_MEMBERS = 10
TABLE_OUTLET_WIDTH = 32
TABLE_TITLE_ROOM = 24
TABLE_REASONS = 3
TABLE_MIN_WIDTH = 60

# --- read
# Sizes are bytes. Each is far above what news needs (the longest of 21,969 real articles has 65,134) and low enough
# that one hostile file can neither fill memory nor stall a run; tests/read/test_caps.py notices a change.
RANGE_BYTES = 16 << 20  # a large .jsonl is read in ranges of this size: ~6,000 articles, under a second of work each
MAX_LINE = 16 << 20  # one JSONL record, one CSV line or field; a longer line is skipped, the next is read
MAX_TEXT = 4_000_000  # characters of one article; a long book has a million
MAX_TEXT_FILE = 16 << 20  # a .txt or .md file is held whole
MAX_JSON_FILE = 256 << 20  # a JSON document is parsed whole and takes several times its size in memory
MAX_PAGE = 10_000_000  # a page is parsed whole; trafilatura refuses at 20,000,000; the largest of 179 real pages
# has 926,721
MAX_PARQUET = 16 << 30  # read by columns in batches; only a packed one (.gz) is unpacked to disk, up to this size
PARQUET_MEMORY = 1 << 30  # what duckdb may take before it gives up on a file; 122,880 articles a row group, by columns
MAX_UNPACKED = 64 << 30  # what a packed file may give in all
MAX_RATIO = 200  # unpacked / packed, once RATIO_FROM bytes are out: news gives 3, one article 20,000 times 171 by gzip
RATIO_FROM = 32 << 20  # small files may pack as well as they like (a 300 MB bomb stops within 64 MB)
ZSTD_WINDOW = 128 << 20  # memory a .zst frame may ask for; `zstd --long=27`
GZ_PIECE = 16 << 10  # packed bytes unpacked at a time: gzip gives 1,032 times as much at most, so 16 MB
ZSTD_PIECE = 1024  # packed bytes unpacked at a time: at worst 4 packed bytes give a 128 kB block, so 32 MB
SNIFF = 8192  # bytes looked at for NUL (binary) and for the kind of JSON; as ripgrep and git look at the first block
MAX_DATE = 64  # characters of a date field; "Wednesday, September 30, 2018 at 10:35:17 PM GMT+05:30" has 54
MAX_URL = 4096  # a longer url stays as given: canonical form is for identity, and nobody links such a thing
MAX_META = 2000  # characters kept of a title, outlet, author or language
MAX_PLANS = 1024  # distinct key sets remembered per reader; a hostile file has a new one on each line
MAX_XML = 64 << 20  # an XML file is parsed whole, at some ten times its size in memory; 40 real items have 0.7 to 9 kB
MAX_FEED = 8 << 20  # characters; a full-text feed of 50 entries has 87 kB. 5 MB a second, of hostile ones 0.1 to 0.4
XML_DEPTH = 200  # elements inside each other; real items have 12 at most
XML_ELEMENTS = 2_000_000  # bounds the tree of a hostile file
FEED_TAIL = 4096  # characters in which the end of a feed stands, with the comments that caches put behind it
FEED_WHOLE = 200  # words from which a feed's summary is the story: a teaser is a paragraph or two
MAX_RECORD = 16 << 20  # bytes kept of a WARC record: a page of MAX_PAGE with its headers
WARC_HEADERS = 1 << 18  # bytes of one record's headers; browsers and servers stop at 8 to 256 kB
WARC_RESYNCS = 1_000  # records of a file that may claim a wrong length; each costs a copy of MAX_RECORD bytes at most

# --- clean
# Told on even items of the labelled articles, checked on the odd ones and on 60 pages read by eye.
CLEAN_CLOSE = (
    250  # characters; longer lines are held against captions only: longer furniture is captions and legal text
)
CLEAN_CAPTION = (
    750  # characters; longer lines that end in a photo credit are articles on one line; longest caption seen: 717
)
CLEAN_SHORT = 120  # characters; labels, bylines and times are shorter, longer lines are only searched for known phrases
CLEAN_LABEL = 14  # words of the longest label, byline or time
# Short lines whose kind is remembered, about a megabyte. Of the short lines of a news day 57 % are found there, of a
# month of ten outlets 26 %; the first takes a fifth less time for it.
CLEAN_REMEMBERED = 4_096
CLEAN_WORDY = 6  # blanks in an ended line that make it a sentence: no label, byline or time is one
CLEAN_SOLID = 80  # characters; an ended line this long is a paragraph (headlines may be longer, but do not end)
CLEAN_LONG = 200  # characters; a line this long is a paragraph even if it was cut off before its end
CLEAN_SOLID_SENTENCE = 55  # the same for a single sentence
CLEAN_EDGE = 3  # lines at the top and the bottom of a page that are always looked at closely
CLEAN_HEAD_LINES = 100  # lines in which a story must have opened: galleries put dozens of caption lines above it
CLEAN_HEAD_SOLID = 8  # solid lines that may stand above a dateline: captions and summaries
CLEAN_SUMMARY = 1  # solid paragraphs above a byline or time: a summary
CLEAN_SUMMARY_SENTENCES = 2  # the same in sentences
CLEAN_TAIL_LIST = 3  # lines without an end below the last paragraph that make a list of other stories
CLEAN_TAIL_LINES = 3  # last story lines searched for credits at their end
CLEAN_TAIL_CHARS = 700  # characters at the end of such a line that are searched
CLEAN_DATELINE = 110  # characters in which a dateline ends

# --- credits
CREDIT_CONTEXT = 300  # characters of a line looked at on each side of an agency's name
CREDIT_BYLINE = 110  # characters of the longest byline
CREDIT_TOP = (
    2_500  # characters from the top in which a line with an agency's name is a byline: galleries stand above it
)
CREDIT_STAMP = 60  # characters of a time that may follow a byline in its line
CREDIT_LEAD_IN = 80  # characters before "agencies" in which "With inputs from" stands
CREDIT_MENTIONS = 150  # mentions looked at from each end of an article; the most seen in a real one is 30

# --- sign
# Words per shingle. 3 to 5 are usual; with the rules of verify and cluster 3 separates best on labelled pairs of a
# news day and of a month (F1 .93/.96; 4: .89/.96). The kernel takes any k >= 1.
SHINGLE_TOKENS = 3
# Permutations and seed: datasketch's defaults, so that signatures can be handed to it and back. 128 lanes give a
# standard error of 0.035 at Jaccard 0.7 and cost less than reading the letters does (tests/benchmarks/bench_sign.py).
NUM_PERM = 128
PERM_SEED = 1
# From this many articles on the compiled kernel is used. The NumPy twin does 2,000 articles in a third of a second;
# importing numba and loading the kept kernel takes as long, compiling it the first time some seconds (bench_sign.py
# --start in tests/benchmarks measures all of them).
KERNEL_FROM_ARTICLES = 2_000
# The twin works in slices of about this many code points: its temporary arrays (about 100 bytes a letter) then stay
# near the processor's cache and below 10 MB whatever the batch. 2**15 to 2**17 take the same time, 2**13 and 2**18 40%
# more.
TWIN_SLICE_POINTS = 1 << 16

# --- spool
# Shingle sets up to this size stay in memory; larger ones are mapped from a file, so that their pages can be dropped.
SPOOL_IN_MEMORY = 64 << 20
# Records read back before what reading touched is let go: the system maps 64 kB around each, so some 32 MB.
SPOOL_TOUCHED = 512
# Bytes of temporary files from which a run says beforehand how much room it needs.
SPOOL_SAID = 1_000_000_000
# Bytes of temporary files per byte of JSON, and per byte of a packed file on top of that (news packs to a third).
SPOOL_RATIO = 3.0
SPOOL_UNPACKED = 3.0
# Sources are handed out in tasks of about this many bytes, or this many files.
TASK_BYTES = 16 << 20
TASK_FILES = 1_000
# Tasks of a run, more or less: each leaves a part with two mapped files, and Linux gives a process 65,530 maps.
TASKS = 10_000
# Articles cleaned and signed at a time.
BATCH_ARTICLES = 512
# Bytes of input an article is taken to have when the number of articles must be guessed (JSON of a 400-word story).
ARTICLE_BYTES = 3_000

# --- sets
# A story line found in this many articles of one outlet is repeated. (Two may be one story carried twice.)
REPEATED_IN = 3
# Repeated lines are furniture only in an article of which they make up at most this share: outlets carry several
# versions of a story, and a plain "seen three times" rule guts those.
REPEATED_SHARE = 0.5
# Shingles worked on at a time: what fits the processor's cache is three times as fast as blocks of 2**22.
BLOCK_SHINGLES = 1 << 18
# Blocks each thread works on before what was read for them is let go: some 80 MB, 64 kB for each text.
SETS_AT_ONCE = 2

# --- candidates
# Threshold at which LSH banding is tuned (`--lsh-threshold`). Low on purpose: verification decides, banding must only
# not lose. At .4 datasketch's optimum is 32 bands of 4 rows, which loses 2 % of planted near-copies (16x8 loses 31 %).
LSH_THRESHOLD = 0.4
# One shingle in SAMPLE takes part in the join on rare shingles (those whose hash is divisible by it), fewer once a
# corpus would give more than MAX_POSTINGS of them (8 bytes each). Two shared ones make a candidate; 20 words in common
# give 4 or 5 on average.
SAMPLE = 4
MAX_POSTINGS = 1 << 26
MIN_SHARED = 2
# Pairs the join may emit: every pair of articles that shares a shingle, from the rarest shingle on, until this many an
# article (at least JOIN_FLOOR in all, so that a small corpus is joined whole); beyond it a shingle links each article
# only to the longest one that has it and to its neighbour.
JOIN_PAIRS = 64
JOIN_FLOOR = 4_000_000
# Bands whose edges are put together at a time: most are found in several.
BANDS_AT_ONCE = 8
# Of a large join: shingles gone through at a time (4 bytes each), sampled ones sorted at a time by each thread (8 bytes
# each), and pairs (8 bytes) a thread has room for before it puts them aside.
JOIN_BLOCK = 1 << 24
JOIN_POSTINGS = 1 << 24
JOIN_ROOM = 1 << 20
# A shingle in more articles than this is a hub (a template, legal text): it links nothing, and is counted.
HUB_ARTICLES = 2_000
# A band bucket above this is counted as capped. Its articles are still linked to the longest one and to a neighbour.
BUCKET_ARTICLES = 2_000

# --- verify
# Story words below which an article never clusters: too little to tell a copy from a stock phrase. A blurb of headline
# and lead has 40 or more.
MIN_TOKENS = 30
# What a shingle inside quotation marks weighs against one in the narrative. Two reporters write down the same public
# statement; only copy shares the words around it. On labelled pairs of a news day and of a month F1 for "any reuse" by
# plain containment is .88/.66, by narrative alone .94/.79. For "same dispatch" (after clustering) weights from .6 to .8
# do equally well (.93/.96), 0 and 1 are worse on the month (.89, .95).
QUOTED_WEIGHT = 0.8
# A passage is a run of at least this many shared narrative shingles (6 words with 3-word shingles) ...
PASSAGE_SHINGLES = 4
# Pairs compared, or searched for passages, at a time by each thread, before what was touched of mapped files is let go:
# the system maps 64 kB around each text, so some 130 MB.
VERIFY_PAIRS = 1 << 11
PASSAGE_PAIRS = 1 << 9
# ... and two articles reuse text when their passages hold this many shingles together: two short sentences.
# 26 to 40 give .93-.95 on the day and .85-.90 on the month.
REUSE_SHINGLES = 30
# Reuse pairs listed per article, the largest first.
MAX_REUSE = 200

# --- anchors
# Story words up to which a text may be templated (briefs of 1987 have 30 to 150), the least figures and names that can
# tell, and the share of them two texts of one dispatch agree on (.65 to .7 lose no labelled pair, .75 loses two).
TEMPLATE_TOKENS = 200
ANCHORS = 3
ANCHORS_AGREE = 0.7
# The same for figures alone; fewer than four say little (with three, one labelled pair is lost).
FIGURES = 4
FIGURES_AGREE = 0.5
ANCHORS_READ = 1 << 14  # texts whose anchors are kept in memory once read, some 3 kB each
# What the weight of a pair counts when they do not.
TEMPLATE_WEIGHT = 0.25

# --- cluster
# Average closeness at which two groups are one dispatch. .43 to .45 is a plateau on both labelled sets (cluster.py).
SAME_DISPATCH = 0.44
# What the weight of a pair counts when one of the two is a round-up and the other is not.
ROUNDUP_WEIGHT = 0.5
# Articles of one component that are compared all with all (8 bytes a pair); a larger component is taken apart first.
COMPONENT_ARTICLES = 1_000

# --- originals
# Articles of the groups that are described at a time: half a second of work for one process.
CHUNK_ARTICLES = 2_000
# Articles of a group from which equal texts in it are held once.
SHARED_FROM = 1_000
# Share of an article's shingles in a version from which it prints that version, word for word or nearly: house style,
# a new headline and furniture that was not recognised cost up to a fifth, light rewriting costs more.
VERBATIM = 0.8
# Share of the original's shingles from which a verbatim article is a copy, not an excerpt.
WHOLE = 0.8
# Share of a text in a version it holds from which it is a fuller version, not a page with that story among others.
FULLER = 0.4
# Length of a later-seen version against another one's, and share of it found in that, from which it was sent earlier.
OUTGROWN = 0.5
INSIDE = 0.6
# Versions told apart in one cluster; the largest real cluster looked at has nine.
MAX_VERSIONS = 24
# Of the articles that stand for a dispatch, coverage within this share of the best counts as equal.
NEARLY_AS_WIDE = 0.9
# Votes an agency needs among the articles that name one; below it the cluster names none.
AGENCY_SHARE = 0.6
# Characters at the top of an article in which slugs and lines in brackets say which version it is.
MARK_TOP = 1_200
# Days between dateline and time from which the time is doubted: a day either way is time zones and overnight desks.
TIME_LATE_DAYS = 2
# A sentence of at least this many words is whole in a version from SENTENCE_WHOLE of its shingles on, and new below
# SENTENCE_NEW; between the two it was reworded. A version has at most REWORDED of its shared words in such sentences.
SENTENCE_WORDS = 8
SENTENCE_WHOLE = 0.75
SENTENCE_NEW = 0.2
REWORDED = 0.4
# Words of a sequence by which versions are told apart that hold the same shingles of an article.
LONG_SEQUENCE = 6
# Sentences that a correction changes at most; more is house style or an update.
CORRECTED_SENTENCES = 3

# Share of an article in passages of another cluster's dispatch, beyond what its own original has of them, from which
# it carries that dispatch too: a paragraph or two of an ordinary story.
ALSO_CARRIES = 0.1

# --- explain
EXPLAIN_WORDS = 6  # words of the shortest shared passage shown: the shortest that counts for reuse
EXPLAIN_PASSAGES = 8  # shown, the longest first
EXPLAIN_QUOTE = 160  # characters of a passage shown

# --- siblings
SIBLING_WORDS = 450  # words of a dispatch looked at; all of them give the same pairs, at three times the memory
SIBLING_LEAD = 60  # words of a story that make its lead, and count twice
SIBLING_NAMES = 3  # names two dispatches on one event share at least
# Dispatches that hold a name from which it joins only neighbours in time, and how many of them: bounds the pairs.
SIBLING_HOLDERS = 100
SIBLING_NEIGHBOURS = 20
SIBLING_PAIRS = 1 << 23  # pairs of dispatches looked at at a time: bounds the memory
SIBLING_LEVEL = 0.15  # cosine; invented day: true pairs from .23, others to .08; a real single-subject day in between
SIBLING_HOURS = 36  # between the first of the one and of the other: an evening's event in the next day's papers
SIBLING_NEARLY = 0.8  # of the best, from which another dispatch of that agency is a sibling too

# --- align
# Weights of words, 1 being a word of no list (align/vocabulary.py). Between .05 and .3, and .2 and .6, link F1 on
# gold/alignment_dev.json moves by .003: a wrong value would show only as wording-heavy false links.
SPEECH_WEIGHT = 0.15
COMMON_WEIGHT = 0.4
SHORT_WORD_WEIGHT = 0.3  # words of one or two letters
LONG_WORD = 40  # characters; longer words are not worth remembering, and a hostile text would fill memory with them
SPEAKER_WORDS = 10  # how far a name with its offices reaches from the verb of saying
LINK_LEVEL = (
    0.42  # chance that makes a link: left out, .40 gives link F1 .849, .45 .845 (tests/benchmarks/fit_align.py)
)
SURE_LETTERS = 20  # equal wording this long is a link whatever else speaks against it: "He said." is not
MAX_LINKS = 32  # of one sentence into all originals; the labelled articles have 5 at most. Bounds a text that repeats
MAX_RUN = 8  # sentences joined into one, or one split into: real ones have two or three
MOVED_LETTERS = 20  # git's floor for a moved block: "He said." is never moved
BLOCK_ROWS = 64  # article sentences judged at once
MAX_COLUMNS = 512  # original sentences a block is judged against: two long dispatches whole; bounds memory and time
MAX_HOLDERS = 200  # a term in more original sentences than this finds none of them; it still counts in the judging

# --- segment
# The longest sentence, in characters; the window through which a longer line is read. Sentences of real articles are
# shorter; it bounds the libraries' quadratic time on hostile lines (tests/test_segment.py holds the growth).
MAX_SENTENCE = 2_000

# --- facts

# Sentences and pairs of sentences kept in memory between calls: one article with two wires is some 150 sentences, a
# kept one some 10 KB. Stems are kept eight times as many.
FACT_CACHE = 1_024
# Words of a sentence that is typed at all, at six characters a word; the longest of 25,062 real sentences has 134 words
# in 911 characters. Bounds the quadratic word edits (tests/facts/test_facts.py::test_growth).
FACT_WORDS = 400
# Weight of new words that make a fact, in one run and all together: 3 and 5 of (2..5, 4..9) on the labelled articles,
# a plateau: change-type F1 moves by .01 around them. tests/facts/test_gold.py notices when they are off.
FACT_RUN = 3.0
FACT_TOTAL = 5.0
FACT_NAME_WEIGHT = 1.5  # a word of a name or figure against 1 for any other; 1 and 2 differ by .006 at most
# Words of the longer side of a word edit inside which a name or description takes a name's place; 5 of 5..10.
FACT_SLOT = 5
# Content words after a hedge, one of which the other text must have; 3 of 1..3.
FACT_HEDGED = 3
# Shared part of the shorter quotation's words from which two quotations are one. Half: below it they are two sayings.
FACT_SAME_QUOTE = 0.5
# Letters of a stem that two words of one root share ("investigat-e", "investigat-ion").
FACT_ROOT = 5
# Words from which a bare sentence can be the middle of a quotation, and the share of it the quoted words then fill.
FACT_RUN_ON_QUOTE = 6
FACT_NOTHING_BUT = 0.8
# Words of the longest title in quotation marks that is read as a name.
FACT_TITLE = 8
# Words around a negator in which the words it stands by must stand together on the other side.
FACT_NEGATED = 6
# Content words on either side of a wire's figure that tell which fact it is of, and words after it within which it is
# said what became of the people it counts ("189 passengers had since been rescued").
FACT_AROUND = 8
# The same where nothing else ties the two sentences, and sentences of an original from which a common word is no tie.
FACT_CLOSELY = 4
FACT_COMMON = 3
FACT_FATE = 5
# "More than 200" and "almost 250" agree with a figure within this factor.
FACT_LOOSELY = 1.2
# Sentences of an original that are held against other originals, and figures of one; a long dispatch has 60, a sentence
# of it up to ten. With more it is a table. Bounds a comparison of all with all.
FACT_WIRE = 200
FACT_WIRE_FIGURES = 12
# Words of a word edit that can be nothing but a "not" with its helpers ("did not" + verb, "is not").
FACT_NOT_SLOT = 3
# Unchanged content words around such an edit, unless it is the only one.
FACT_NOT_HELD = 2
# Negators of a sentence, and places of their words on the other side, that are looked at; prose has at most five.
FACT_NEGATORS = 8
# Different content words beside a negator, out of four, without which its place on the other side is not known.
FACT_NEGATED_WORDS = 3
# Figures of a sentence that are compared; with more it is a table. Bounds a quadratic comparison.
FACT_FIGURES = 40

# --- compare
# Words up to which two sentences are marked word by word in order (as for facts); beyond, a word counts as kept
# wherever the other has it.
MARK_WORDS = 400
# Differing words that a word of substance may stand between and still be shown as kept. By eye on the invented day.
MARK_GAP = 3
# Share of wire words from which an outlet owes a credit: two or three sentences of an ordinary story.
CREDIT_OWED = 0.15
# Sentences before a second mention in which the full name is looked for: an ordinary article whole.
INTRODUCED_WITHIN = 60
# Originals an article of a corpus is held against, the one it carries first: running stories reuse passages of a dozen
# older files, and a reader follows three or four.
DIFF_ORIGINALS = 6
# Originals kept cut into sentences: the next outlet of the cluster is held against the same ones.
DIFF_CUTS = 32
# How far apart two sentences made of one original sentence are looked for: bounds a page that repeats itself.
DIFF_BESIDE = 12
# A text that declares no language counts as English if this share of the words of its first sentences are the commonest
# English ones, or if it is too short to tell. Of 2,913 English articles a tenth have less than .18 and 18 less than .06
# (lists, scores); of German, French, Spanish and Russian samples the highest has .014.
ENGLISH_SHARE = 0.06
ENGLISH_WORDS = 30
ENGLISH_SENTENCES = 20

# --- report of a diff
# Columns from which wire and outlet stand side by side: two of 43 cells, the narrowest a newspaper sets prose in.
DIFF_COLUMNS = 100
DIFF_MIN_WIDTH = 30  # narrower, lines rather overflow than hold one word each
DIFF_PICTURE = 112  # columns of a picture without --width: side by side, and still to be read on a phone held across

# --- report of a check
# Findings of a rule and related articles of a finding that are listed before the text folds: what fits one screen.
CHECK_FINDINGS = 20
CHECK_RELATED = 5
# What GitHub takes: annotations of a level per step (it drops the rest), bytes of a step's summary (1 MiB; some are
# left for whatever else the step writes), results of a SARIF run, and locations of a result it shows ("SARIF support
# for code scanning").
GITHUB_ANNOTATIONS = 10
GITHUB_SUMMARY = 1_000_000
SARIF_RESULTS = 25_000
SARIF_LOCATIONS = 100

# --- rewrites
# Share of a lone article's words in sentences linked to a dispatch at which it is a rewrite of it: with the agency
# credited, and without (pipeline/rewrites.py has the figures).
REWRITE_CREDITED = 0.75
REWRITE_UNCREDITED = 0.85
# Shorter articles live on one statement as easily as on one dispatch.
REWRITE_SENTENCES = 6
# What must be there before two texts are aligned: some wording, and half of the article's figures and names.
REWRITE_WEIGHT = 0.08
REWRITE_ANCHORS = 0.5
# Groups a lone article is held against, and members of a group asked for its agency.
REWRITE_GROUPS = 3
REWRITE_MEMBERS = 12
# Pairs looked at (0.2 ms each) and pairs aligned (some ms each): how many are always allowed, and how many an article.
REWRITE_READ = 4_096  # texts kept in memory once read, some 10 kB each
REWRITE_BUDGETS = ((20_000, 0.1), (2_000, 0.01))

# --- index
# Postings of a page: at 2,048 a page packs to some 8 KB and unpacks in 50 us; half of it doubles the pages of a
# segment's directory, twice of it the time of a lookup that wants one shingle of the page.
INDEX_PAGE = 2_048
# A segment is merged into the one before it until that one is this many times larger. A query looks into every segment:
# there are log(adds) of them; each posting is written again some FANOUT times per factor FANOUT the index grows.
INDEX_FANOUT = 8
# Pages of all segments that are merged at a time (16 bytes a posting in memory).
INDEX_MERGE_PAGES = 512
# Articles packed, written or looked up at a time.
INDEX_BATCH = 1_024
# Seconds a command waits for others that write to the index.
INDEX_BUSY_SECONDS = 120
# Postings one query looks at, those of its rarest shingles first, and articles it compares exactly. What is left out
# is counted. The articles of a large cluster number some dozens; random meetings of common phrases share two shingles.
INDEX_QUERY_POSTINGS = 20_000
INDEX_QUERY_ARTICLES = 64
# The same for each article of a feed that is held against the index: the closest is all that is asked for.
INDEX_CARRIED_ARTICLES = 8
# Of a feed only every so-manieth sampled shingle is looked up: a text carried before shares nearly all of them.
INDEX_CARRIED_THIN = 4
INDEX_CARRIED_BLOCK = 4_096  # articles of a feed looked up together: some 100,000 thinned shingles

# --- check, rules of a page
# Characters of an excerpt: a line of a log.
PAGE_EXCERPT = 120
# Letters a word takes at most on average, blank included: 30 words are known to be there after 480 letters.
PAGE_WORD_LETTERS = 16
# Headlines marked on a page from which a share of them that no headline looks like (in lower case, two figures) shows
# that they are a text wrapped by hand, or a table. Of 3,284 lines marked as headlines on real pages 6 in 100 look so.
PAGE_HEADLINES = 2
PAGE_ODD = 0.25
# The end of a story is its last line of this many characters; shorter ones are labels, signatures, list entries. Up to
# CUT_LOOSE of them without an end, below a paragraph of CUT_SKIPPED characters, are what the extraction left of the
# page ("Show chapters").
CUT_LINE = 40
CUT_LOOSE = 2
CUT_SKIPPED = 100
# Lines of a text wrapped by hand are shorter.
CUT_WRAPPED = 80
# A line this long without an end is a cut paragraph, not a caption or headline, when whole sentences stand before the
# unfinished one; a single sentence must be longer: the longest headline seen has 115.
CUT_PARAGRAPH = 50
CUT_SENTENCE = 130
# Words of an unfinished sentence, and the share of them in lower case, that tell it from a credit ("Ann Lee, Reuters").
CUT_WORDS = 3
CUT_PROSE = 0.5
# Words up to which a story is a teaser, so that "..." or "Read more" at its end is no figure of speech and no list of
# links. On real pages nine in ten stories are longer.
CUT_TEASER = 120
# Share of the words of its siblings below which an article is much shorter than they are.
CUT_SHORTER = 0.5
# Lines at the end of the page in which "Read more" is looked for, and characters in which "[+2345 chars]" is.
CUT_MARK_LINES = 4
CUT_MARK_CHARS = 80
# Characters of a line that a repeated line of a page has at most: longer ones are paragraphs, and an outlet that
# repeats those carries a story twice.
FLOOD_LINE = 80
# Characters of a page from which furniture can flood it: below, a byline and a credit are more than a brief.
FLOOD_CHARS = 400
# Words beside a wall from which a story is there: a blurb of headline and lead has 40 or more.
WALL_INSTEAD = 40
# Words up to which a story that a wall follows was cut by it. On real pages four in five stories are longer; a longer
# one was cut when it breaks off, too.
WALL_CUT = 250
# Characters searched for walls: of a story of fewer letters than WALL_SHORT (some 300 words) all of the page to this
# many, of a longer one its end.
WALL_SHORT = 2_000
WALL_PAGE = 20_000
WALL_END = 1_000
# Characters of the longest piece of a wall: a consent notice's opening sentence.
WALL_PIECE = 400
# Places looked at closely for garbled letters, and characters on each side: a garbled text has them everywhere.
GARBLED_PLACES = 64
GARBLED_AROUND = 12
# The part of a text its language is told by: past headline and dateline, about 100 words; letters below which nobody
# can tell; and the certainty asked for. On a news day, a month and 183 pages in ten languages none is told wrongly.
LANGUAGE_FROM = 300
LANGUAGE_CHARS = 600
LANGUAGE_LETTERS = 120
LANGUAGE_SURE = 0.95
# Share of figures above which a text is a table: of 2,900 articles one in a thousand has more, earnings reports have
# from .14 on.
LANGUAGE_DIGITS = 0.1
# Different English function words in that part that make it English without asking further.
LANGUAGE_ENGLISH = 4

# --- check
# Share of the shorter of two texts from which one outlet carries a dispatch twice with them.
CHECK_SAME = 0.6
# Pages that one outlet alone has, with no agency named: from how many on they are a template, the words of a story that
# are its opening, the share of the longer of those that must be the same, and how many letters a short word has. A
# month of ten outlets: templates have 0 to .19, versions .27 and more; five or more of one kind were all templates.
CHECK_TEMPLATE = 5
CHECK_LEAD_WORDS = 60
CHECK_LEAD = 0.25
CHECK_SHORT_WORD = 3
# Articles from which a whole outlet or feed is spoken of, and the share of them that is nearly all.
CHECK_SEVERAL = 5
CHECK_NEARLY_ALL = 0.9
# Articles of an outlet whose language tells that of the outlet.
CHECK_LANGUAGE_SAMPLE = 20
# Days a date lies before that of the dateline, and hours before the agency's first version, from which it cannot be
# right: a night desk dates a dispatch with the next day, and of two clocks one may be a day off.
CHECK_BEFORE_DAYS = 2
CHECK_BEFORE_HOURS = 24
# Hours from Greenwich to where a day begins first, and to where it ends last.
CHECK_ZONE_EAST = 14
CHECK_ZONE_WEST = 12
# Earlier articles of one id, or of one outlet and dispatch, that an article is held against: bounds a square.
CHECK_LOOK_BACK = 50
# Articles looked at in one go by one process.
CHECK_BATCH = 256
# Share of an article in the dispatch from which it still carries a story that was killed.
CHECK_CARRIES = 0.5
# Words of a headline that a kill notice must repeat to be about it: fewer are a stock phrase.
CHECK_HEADLINE = 4
# Days around those of an agency's given dispatches on which it can be known whether a dispatch exists.
CHECK_KNOWN_DAYS = 1
# Articles held against their original: how many are always, and how many for each article of the feed.
CHECK_DIFFS = (500, 0.01)
# Words on either side of a figure that tell what it is of.
CHECK_NEAR = 4
# Words on one side of a figure, or in a row in a quotation, by which a passage is known again.
CHECK_CONTEXT = 3
# Link score from which an article's sentence was taken over, so that what differs in it was altered.
CHECK_TAKEN_OVER = 0.6
# Words of the shortest quotation that is held against the original's, and share of its words that must be the same.
CHECK_QUOTE_WORDS = 5
CHECK_QUOTE_SAME = 0.6

# --- engines (Spark)
# Rows and bytes handed to a Python worker at a time: a pair brings two sets of some 1,200 bytes.
SPARK_BATCH_ROWS = 4_000
SPARK_BATCH_BYTES = 32 << 20
# Pieces a shuffle is cut into on one machine (spark.sql.shuffle.partitions; on a cluster it stays as set there).
SPARK_LOCAL_PARTITIONS = 8
# One shingle in this many takes part in the join at the least. The local engine thins further beyond 3.5 million
# articles because one machine's memory ends there; up to that both do the same.
SPARK_SAMPLE = 16
# Texts from which band keys have 64 bits. With 32, as in the local engine, a text meets one stranger per band and 32
# texts at 2**27, and a stranger per band at 2**32.
SPARK_WIDE_KEYS = 1 << 27
