"""Vocabulary: how much a word of English tells about which fact a sentence states, and which words news swaps freely.

Written from general knowledge of news English, not counted in a corpus. Document frequencies counted in 51,049 real
lines do no better than these three lists (link F1 .822 to .828, left out): what matters is that "said", "would" and
"Monday" weigh little, not how little exactly. Words of no list weigh 1 before rarity in the texts at hand is counted.
Other languages meet none of these words and lose nothing by them.
"""

from __future__ import annotations

# Carry no fact: never a term.
FUNCTION = frozenset(
    """
a about above across after again against all almost along already also although always am amid amidst among an and
another any apart are arent around as at away back be because been before behind being below beside besides between
beyond both but by can cannot cant could couldnt d despite did didnt do does doesnt doing done dont down dr during
each either else enough etc even ever every few fewer for from had hadnt has hasnt have havent having he hence her
here hers herself hes him himself his how however i if ill im in instead into is isnt it its itself ive just least
less lets ll lot lots m many may maybe me meanwhile might mine more most mr mrs ms much must my myself near nearly
neither never no none nor not of off often oh ok on one only onto or other others ought our ours ourselves out over
own per perhaps quite rather re s same several shall she shes should shouldnt since so some sometimes still such t
than that thats the their theirs them themselves then there therefore theres these they theyre theyve this those
though through thus till to together too toward towards under unless until up upon us ve very via was wasnt we well
were werent weve what whats when where whereas whether which while who whom whose why will with within without wont
would wouldnt yes yet you your youre yours yourself
""".split()
)

# Who says it and how: every sentence of every story has one.
SPEECH = frozenset(
    """
abc according acknowledge acknowledged add added adding adds admit admitted afp agencies agency announce announced
announces announcing ap argue argued argues ask asked asking asks associated bbc briefing call called calling calls
cbs claim claimed claims cnn comment commented comments conference confirm confirmed confirms describe described
describes explain explained fox insist insisted interview interviewed interviews nbc news note noted notes noting
official officials press quote quoted replied reply report reported reportedly reporter reporters reporting reports
respond responded response reuters said say saying says source sources speak speaking speaks spoke spoken spokesman
spokesperson spokeswoman state stated statement statements states stating suggest suggested suggests talk talked
talking talks tell telling tells told tweet tweeted tweets twitter warn warned warns write writes written wrote
""".split()
)

# Too common to point at one fact.
COMMON = frozenset(
    """
able actually afternoon ago ahead allow allowed anyone anything apr april area areas aug august bad became become
becomes began begin begins begun believe believed believes best better big billion bring brings brought came case
cases certain child children city clear close come comes coming continue continued continues countries country
current day days dec december different dozen dozens due earlier early eight end ended ends especially evening
everyone everything expect expected expects eye face fact facts family far feb february feel feels felt find finding
finds first five follow followed following follows former found four friday full gave general get gets getting give
given gives giving go goes going gone good got great group groups half hand hands happen happened happening happens
head hear heard held help helped helps high higher hold holding holds home hour hours hundred idea important include
included includes including issue issues jan january jul july jun june keep keeping keeps kept kind knew know known
knows large last late later lead leading leads leave leaves leaving led left let life like liked likely likes little
live lived lives living local long look looked looking looks lose lost low lower made main major make makes making
man mar march matter meet member members men met million minute minutes monday month months morning move moved moves
moving name names nation national need needed needs new next night nine nothing nov november now number numbers oct
october old once open paid part pay people percent person place places plan planned plans play point points possible
previous probably problem problems provide provided public put puts question questions ran real really reason
reasons recent recently remain remained remains right run running runs saturday saw second see seeing seem seemed
seems seen sees sep sept september set sets seven short show showed showing shown shows side simply six small
someone something sort stand start started starting starts stood story sunday sure take taken takes taking ten thing
things think thinking thinks third thought thousand three thursday time times today tomorrow took top town tried
tries true try trying tuesday turn turned turns two use used uses using want wanted wants way ways wednesday week
weeks went whole woman women word words work worked working works world worse worst year years yesterday
""".split()
)

# One line, one idea: words that may stand for each other when the same fact is told again, with those of their forms
# that the stemmer does not bring together. A word belongs to the first line that has it. Two blanks continue a line.
CLASSES = """
kill killed killing slay slain dead death deaths die dies died dying deadly fatal fatally fatality fatalities
  perish perished murder murdered homicide lethal
injure injured injury injuries hurt wound wounded wounds casualty casualties
shoot shot shooting shooter gunman gunmen gunfire gunned shots fire fired gun guns firearm weapon weapons
attack attacked attacks assault assaulted attacker assailant strike struck strikes raid raids
bomb bombing bombings blast explosion explode exploded explosive detonate detonated
police officer officers cop cops policeman detective deputies deputy sheriff trooper authorities
arrest arrested arrests detain detained detention custody jail jailed prison imprisoned imprisonment inmate
  prisoner prisoners
charge charged charges indict indicted indictment accuse accused accuses accusation accusations allege alleged
  alleges alleging allegation allegations allegedly
convict convicted conviction guilty sentence sentenced
sue sued sues lawsuit lawsuits suit litigation
court courts judge judges ruling ruled tribunal justice
trial trials hearing
prosecutor prosecutors prosecution attorney attorneys lawyer lawyers counsel
probe probes investigate investigated investigating investigation investigations investigator investigators
  inquiry inquiries examine examination review
fine fined fines penalty penalties penalize sanction sanctions punish punished punishment
illegal illegally unlawful unlawfully violate violated violates violating violation violations breach breached
president presidential presidency
minister ministers premier
lawmaker lawmakers legislator legislators senator senators congressman congresswoman congress congressional
  representative representatives parliament
government governments administration
united states usa american americans america
britain british uk
russia russian russians moscow kremlin
china chinese beijing
france french paris
germany german germans berlin
iran iranian tehran
israel israeli israelis
syria syrian syrians
iraq iraqi iraqis
turkey turkish ankara
japan japanese tokyo
korea korean koreans
mexico mexican mexicans
canada canadian canadians
india indian indians
europe european europeans eu
islam islamic muslim muslims
isis isil daesh
church catholic catholics vatican
pope pontiff
soldier soldiers troop troops army military serviceman servicemember forces navy marines armed
war wars warfare conflict
peace truce ceasefire
vote votes voted voting voter voters ballot ballots poll polls election elections electoral
candidate candidates nominee nominees
win wins won winning winner victory defeat defeated defeats beat beats
lose loses lost loss losses losing
campaign campaigns campaigning
democrat democrats democratic
republican republicans gop
deal deals agreement agreements accord pact settlement settle settled settles agree agreed agrees treaty
meet meets met meeting meetings summit talks
trip visit visits visited visiting travel traveled travelled travels journey
arrive arrives arrived arrival land landed
leave leaves left depart departed departure
return returns returned
resign resigns resigned resignation quit quits step stepped
dismiss dismissed sack sacked oust ousted terminate terminated
hire hired hiring appoint appointed appointment nominate nominated nomination pick picked picks choose chose
  chosen select selected selection choice name named tap tapped
job jobs employment employed employee employees worker workers staff staffer staffers
company companies firm firms corporation corporations business businesses
buy buys bought buying purchase purchased purchases acquire acquired acquisition
sell sells sold selling sale sales
money cash fund funds funding funded finance financial finances
cost costs price prices priced
pay pays paid payment payments paying
rise rises rose risen rising increase increased increases increasing grow grew grown growth climb climbed gain
  gained gains surge surged jump jumped
fall falls fell fallen falling decline declined declines decrease decreased drop dropped drops slip slipped plunge
  plunged
begin begins began begun beginning start starts started starting launch launched launches commence commenced open
  opens opened kick
end ends ended ending finish finished conclude concluded complete completed
stop stops stopped halt halted suspend suspended cease block blocked
cancel canceled cancelled postpone postponed delay delayed
ban bans banned prohibit prohibited prohibits forbid forbidden bar barred
allow allows allowed permit permitted permits permission
require required requires requirement requirements
order orders ordered command commanded
fail fails failed failure
try tries tried attempt attempts attempted effort efforts
plan plans planned planning intend intends intended intention
want wants wanted hope hopes hoped hoping wish
urge urges urged call calls called demand demands demanded request requested appeal appealed
oppose opposes opposed opposition opponent opponents foe foes critic critics critical criticize criticized
  criticise criticised criticism slam slammed lambasted rebuke rebuked condemn condemned denounce denounced
support supports supported supporter supporters backed backing endorse endorsed
praise praised praises hail hailed laud lauded admire admired admiration
blame blamed blames fault
worry worried worries worrying concern concerns concerned fear fears feared afraid anxious
threat threats threaten threatened threatening danger dangerous
warn warned warning warns caution cautioned
deny denied denies denial reject rejected rejects refute
refuse refused refusal
apologize apologized apologise apology apologies sorry regret
help helps helped aid aided assist assisted assistance
rescue rescued save saved
protect protection protected safety safe security secure
child children kid kids boy boys girl girls minor minors toddler teen teens teenager teenagers youth young
  youngster
student students pupil pupils
teacher teachers professor faculty
school schools campus college colleges university universities
mother mom father dad parent parents
wife husband spouse
son sons daughter daughters
friend friends
man men woman women
home homes house houses residence apartment
car cars vehicle vehicles truck trucks automobile
plane planes aircraft jet flight flights airplane airliner
crash crashed crashes collision collide collided accident accidents wreck
driver drivers driving drove drive
road roads street streets highway
hospital hospitals hospitalized
doctor doctors physician physicians
illness sick disease diseases
quake earthquake earthquakes tremor tremors temblor aftershock aftershocks
storm storms hurricane tornado
flood floods flooding flooded
blaze wildfire wildfires fires flames burn burned burning burnt
protest protests protested protester protesters demonstrate demonstration demonstrations demonstrators rally
  rallies march
letter letters note memo
document documents paper papers file files filing filed
email emails mail mails
phone telephone
photo photos photograph photographs picture pictures image images
video videos footage film filmed
movie movies films
show shows series program programs television tv episode episodes
actor actress star stars starred role roles played
song songs music album
game games match
team teams squad
player players
coach coaches
season seasons
large big huge massive major
small little tiny
new recent recently latest
former ex onetime previous
old older elderly
nearby close
north northern
south southern
east eastern
west western
month months monthly
year years annual yearly
week weeks weekly
day days daily
immediately immediate imminent imminently soon quickly
secret secretly classified
find finds found finding discover discovered discovery
showed reveal revealed reveals disclose disclosed expose exposed
hide hid hidden conceal concealed
believe believes believed think thinks thought
decide decides decided decision decisions
change changes changed changing alter altered
replace replaced replacement successor succeed
build builds built building construct construction
destroy destroyed destruction demolish demolished
remove removed removal
receive received receives get got
send sends sent sending
give gives gave given donate donated donation donations
share shared shares
hack hacked hacking hackers hacker cyber cyberattack cyberattacks
steal stole stolen theft thefts rob robbed robbery
lie lies lied lying false falsely
interfere interference meddle meddling
racist racism racial racially
sex sexual sexually
abuse abused abuses molest molestation
torture tortured torturing
rape raped rapes
climate environment environmental
immigrant immigrants migrant migrants immigration refugee refugees
border borders frontier
tax taxes taxpayers
trade tariffs tariff
economy economic economics
market markets stock stocks
health healthcare medical
law laws legislation legal legally bill
rule rules regulation regulations standard standards
percent percentage pct
million millions
thousand thousands
hundred hundreds
dozen dozens
multiple numerous various
main key principal chief
leader leaders head boss chairman director
spokesman spokeswoman spokesperson
speech address remarks
statement statements
tweet tweets tweeted twitter
interview interviews interviewed
member members
union unions
plant factory
oil petroleum crude
nuclear atomic
missile missiles rocket rockets
ship ships vessel boat boats ferry
island islands
town village
city cities metropolitan
nation nations country countries national
international global world worldwide
foreign overseas abroad
ambassador envoy diplomat diplomats diplomatic
relation relations relationship relationships ties
tough difficult hard
anger angry outrage outraged fury furious
happy pleased glad excited excitement
sad sadness grief mourn mourning mourners tragic tragedy
hero heroes
witness witnesses eyewitness
victim victims
suspect suspects suspected
evidence proof prove proved
motive reason reasons
hate hatred
terror terrorism terrorist terrorists extremist extremists militant militants jihadist jihadists
rebel rebels insurgent insurgents
hostage hostages captive captives
evacuate evacuated evacuation evacuations
search searched searching
miss missing disappeared
survive survived survivor survivors
burial buried bury funeral
born birth
marry married marriage wedding wed
divorce divorced
age aged
award awards awarded prize prizes honor honored
aide aides adviser advisers advisor advisors assistant assistants
alert alerted alerts inform informed notify notified notification
barrier barriers fence fences fencing wall walls
black african
white caucasian
gay lesbian homosexual lgbt
poor poverty needy
rich wealthy billionaire billionaires millionaire wealth
hike hikes raise raised raises raising
cut cuts cutting slash slashed reduce reduced reduces reduction trim trimmed
limit limits limited cap capped restrict restricted restriction restrictions curb curbs
expand expanded expands expansion extend extended extends extending extension
create created creates establish established establishes founded
avoid avoided prevent prevented prevents prevention
approve approved approves approval pass passed passes adopt adopted ratify ratified
veto vetoed
propose proposed proposes proposal proposals
debate debated debates discuss discussed discusses discussing discussion discussions
negotiate negotiated negotiating negotiation negotiations bargain
strategy policy policies approach
budget spending expenditure
debt debts deficit owe owed
bankrupt bankruptcy insolvent insolvency
profit profits earnings revenue revenues income
dollar dollars
euro euros
bank banks banking lender lenders
investor investors shareholder shareholders
insure insurance insurer insurers insured
owner owners owned
landlord tenant tenants
produce produced producer producers production manufacture manufacturer manufacturers manufactured output
farm farmer farmers farming agriculture agricultural crop crops
animal animals wildlife zoo
dog dogs canine
food meal meals lunch dinner breakfast
drink drinks drank drunk alcohol
drug drugs narcotic narcotics opioid
smoke smoking tobacco cigarettes cigarette
test tests tested testing
study studies research researcher researchers scientist scientists survey surveys
expert experts specialist specialists analyst analysts
train trains railway rail locomotive
bus buses
subway metro
airport airports
passenger passengers commuter commuters
pilot pilots captain
sail sailed sailor sailors sink sank sunk capsize capsized
swim swam drown drowned
weather rain rains snow
hot heat warm warming
cold freeze freezing
damage damaged damages
repair repaired repairs fix fixed rebuild
collapse collapsed collapses
escape escaped flee fled flees
chase chased pursue pursued pursuit hunt hunting manhunt
capture captured catch caught seize seized
knife stab stabbed stabbing stabbings
hit hits hitting
push pushed pushing shove
pull pulled pulling drag dragged
throw threw thrown toss tossed
break broke broken breaking
enter entered enters
cross crossed crossing
gather gathered gathering crowd crowds
celebrate celebrated celebration celebrations
ceremony ceremonies
speak speaker speakers spoke
listen listened
watch watched watching viewers
read reads reading reader readers
book books
author novel novelist writer writers
art artist artists painter painting paintings
fan fans
singer singers musician musicians band
concert concerts gig
champion champions championship title titles
goal goals score scored scores
tournament cup
olympic olympics
race races racing
fight fights fighting fought battle battles battling combat
defend defended defends defense defence
enemy enemies adversary
ally allies allied alliance partner partners coalition
invade invaded invasion
occupy occupied occupation
withdraw withdrew withdrawn withdrawal withdrawals pullout
deploy deployed deployment
base bases
spy spies espionage intelligence
leak leaked leaks
computer computers software
internet online web website websites site
post posts posted posting
message messages
user users
network networks
phones cellphone smartphone
data information
account accounts
record records recorded
list lists listed
count counts counted counting recount recounts recounted tally
error errors mistake mistakes mistaken wrong
fraud fraudulent cheat cheated rig rigged tamper tampered tampering
corruption corrupt bribe bribes bribery
scandal scandals controversy controversial
governor governors
mayor mayors
king queen royal monarch prince princess
party parties
popular popularity
rival rivals
embassy consulate
citizen citizens citizenship
resident residents inhabitants population
neighbor neighbors neighbour neighbours neighborhood
community communities
group groups organization organizations organisation organisations association
charity charities nonprofit
council board committee commission panel
headed heads
retire retired retirement
experience experienced veteran veterans
force forced forcing compel compelled
risk risks risky
chance chances opportunity
success successful succeeded
aim aims aimed
result results outcome outcomes
effect effects impact impacts consequence consequences
cause caused causes causing
link linked links connect connected connection connections tie tied
compare compared comparison
similar like
opposite contrary
total totals overall
double doubled
final finally last
early earlier
expected scheduled due slated
night evening tonight overnight
noon midday
weekend saturday sunday
holiday vacation
pray prayer prayers prayed praying
god lord
priest priests clergy pastor bishop bishops
forgive forgiven forgiveness absolve absolved absolution pardon pardoned
abort abortion abortions
pregnant pregnancy
baby babies infant infants newborn
body bodies corpse remains
heart cardiac
cancer tumor
virus flu infection infected epidemic outbreak
vaccine vaccines vaccination
patient patients
nurse nurses
medicine medication
treat treated treatment therapy
serious seriously severe severely grave
slight slightly
beautiful handsome
smart clever wise
strong stronger strength powerful
weak weakness
quick swift swiftly rapid rapidly fast prompt promptly
slow slowly
careful carefully
public publicly
formal formally official officially
narrow narrowly slim thin slender
predominantly mostly mainly largely
roughly approximately
"""

# Verbs that hand a claim to a speaker; the names beside them say who speaks, not what happened.
SAYING = frozenset(
    """
according acknowledge acknowledged add added adding adds admit admitted announce announced announces argue argued
argues ask asked asks cited citing claim claimed claims confirm confirmed confirms explain explained insist insisted
insists note noted notes recall recalled replied reply respond responded said say saying says state stated suggest
suggested suggests tell telling tells told tweet tweeted tweets warn warned warns write writes wrote
""".split()
)
OFFICES = frozenset(
    """
al and attorney bin chairman chairwoman chief de director doctor for governor judge la leader mayor minister of
officer president professor secretary senator sergeant spokesman spokesperson spokeswoman the van von
""".split()
)

# "three" is 3; "one" is left out, it is mostly no number.
NUMBERS = {
    word: str(value)
    for value, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split(),
        start=2,
    )
} | {
    word: str(10 * tens)
    for tens, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
