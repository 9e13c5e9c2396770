"""More words of the sector and of everyday Swedish that mean the same; what editors have changed is left alone.

A line a row: `=` when the words find each other, `>` when only the first finds the others.
"""

from django.db import migrations

SYNONYMS = """
sjukgymnast = fysioterapeut
sjukgymnastik = fysioterapi
undersköterska = vårdbiträde; omsorgspersonal; vårdpersonal
sköterska = sjuksköterska
MAS = medicinskt ansvarig sjuksköterska
MAR = medicinskt ansvarig för rehabilitering
privatläkare = läkare på nationell taxa; taxeläkare; privatpraktiserande läkare
specialistläkare > läkare på nationell taxa
husläkare = familjeläkare; distriktsläkare; allmänläkare
psykiater = psykiatriker
kurator > socionom; samtalsstöd
naprapat > enskilda yrkesutövare
kiropraktor > enskilda yrkesutövare
boendestödjare > boendestöd
personlig assistent > personlig assistans
ledsagare > ledsagning
familjehemsförälder = fosterförälder
enhetschef = verksamhetschef; områdeschef; föreståndare
förvaltningschef = förvaltningsdirektör; socialchef; socialdirektör; kommundirektör
ekonom = controller; ekonomichef; redovisningsekonom
HR = personalavdelning; personalchef; personalfrågor
säkerhetschef = säkerhetssamordnare; säkerhetsansvarig
hantverkare = snickare; byggare; byggföretag; entreprenör; målare; rörmokare; elektriker
vikarie = timanställd; tillfällig personal
chaufför = förare; taxiförare
konsult = inhyrd
jobbare = arbetare; arbetstagare
utredare > FUT-utredare
mellanchef > chef
tjänsteman = tjänsteperson; handläggare; anställd
ombudsman > tillsyn
tolk = tolkning; språktolk

mamma > anhörig; närstående; släkting; förälder
pappa > anhörig; närstående; släkting; förälder
dotter > anhörig; närstående; släkting
son > anhörig; närstående; släkting
bror > anhörig; närstående; släkting
syster > anhörig; närstående; släkting
kusin > anhörig; närstående; släkting
mormor > anhörig; närstående; släkting
farmor > anhörig; närstående; släkting
svåger > anhörig; närstående; släkting
make > anhörig; närstående
maka > anhörig; närstående
sambo > anhörig; närstående
familj > anhörig; familjemedlem
kompis = vän; bekant; kamrat
förälder = vårdnadshavare
ungdom = unga; tonåring
minderårig = barn; underårig
gamla = äldre; pensionär; åldring; senior
dement = demens; demenssjuk; kognitiv sjukdom
handikappad = funktionsnedsättning; funktionshinder; funktionsnedsatt; rörelsehindrad
intellektuell funktionsnedsättning = utvecklingsstörning
missbruk = beroende; missbrukare
missbruksvård = beroendevård
hemlös = bostadslös; hemlöshet
flykting = asylsökande; nyanländ
flyktingbarn > ensamkommande
våldsutsatt = våld i nära relation; kvinnofrid
avliden = död; dödsfall; bortgången
psykisk ohälsa = psykisk sjukdom; psykiatri
NPF = neuropsykiatri; neuropsykiatrisk; adhd; autism
medborgare = invånare; allmänhet; kommuninvånare
folk = människor; personer
kund > brukare
hyresgäst = boende
skurk > kriminell

kvinnojour = skyddat boende; kvinnohus
hemtjänstföretag = hemtjänstutförare; hemtjänstbolag
korttidsboende = korttidsplats; korttidsvård; växelvård
trygghetsboende = seniorboende; mellanboende
trygghetslarm = larm; larmklocka; larmknapp
matlåda = matdistribution; mathållning; måltid
dagcenter = daglig verksamhet; dagverksamhet
ungdomshem = HVB; behandlingshem; institution
behandlingshem > HVB
institutionsvård > HVB
HVB-hem = HVB; hem för vård eller boende
SiS = Statens institutionsstyrelse
träningslägenhet = stödboende; stödlägenhet; träningsboende
familjehemsplacering = placering i familjehem
placera barn = placering av barn; omhändertagande; LVU
hemsjukvård = sjukvård i hemmet; ASIH
ASIH = avancerad sjukvård i hemmet
primärvård > vårdcentral
folktandvård = FTV
BUP = barn- och ungdomspsykiatri
elrullstol = rullstol; permobil
rollator = rullator; gånghjälpmedel
parkeringstillstånd = handikapparkering; parkeringskort
sjukresa = sjuktransport
taxi = taxameter; färdtjänst
barnomsorg = förskola; dagis; pedagogisk omsorg
friskola = fristående skola; enskild huvudman
städning = städa; städhjälp; serviceinsatser
omvårdnad = omsorg; vård
egen regi = kommunal regi; egenregi
privatisering = entreprenad; konkurrensutsättning

plastikkirurgi = skönhetsoperation; skönhetsingrepp; estetisk behandling; estetisk kirurgi; kosmetisk kirurgi
skönhetsingrepp = estetik; estetisk behandling
operation = ingrepp; kirurgi
vaccin = vaccination; vaccinera; vaccindos
labb = laboratorium; laboratorieprov; labbprov
blodprov = provtagning; labbprov
journal = patientjournal; journalanteckning
snoka = obehörig slagning; obehörig åtkomst; dataintrång; tjuvläsa; tjuvkika
titta i journal = obehörig slagning; loggkontroll; dataintrång
sjukskrivning = sjukintyg; läkarintyg
second opinion = förnyad bedömning
onödig behandling = överbehandling
överdiagnostik = överdiagnostisering; onödig diagnos
smärtstillande = opioider; morfin; narkotikaklassade läkemedel
lugnande medel = bensodiazepiner; sömnmedel; narkotikaklassade läkemedel
beroendeframkallande läkemedel = narkotikaklassade läkemedel
ADHD-medicin = centralstimulantia; amfetamin
droger = narkotika; knark
testosteron = hormonpreparat; anabola steroider; dopningsmedel
e-recept > recept
receptförfalskning = falskt recept; receptblankett
vårdkö = väntetid; vårdgaranti
tandställning = tandreglering; ortodonti
löständer = tandprotes; protetik
tandvårdsförsäkring = tandvårdsstöd; statligt tandvårdsstöd
tandläkartaxa = tandvårdstaxa; referenspris
tandläkarbesök > tandvård; tandläkare
munhälsobedömning = munhälsa; munvård
distanskontakt = digital vård; digital kontakt; vårdmöte på distans
videosamtal = digitalt vårdmöte; vård på distans
inlagd = sjukhusvistelse; slutenvård; sjukhus
listad patient = listning; vårdval
felbehandling = vårdskada
legitimerad = legitimation; yrkesbevis
corona = covid; pandemi

soc = socialtjänst; socialen; socialförvaltning; socialkontor
arbetsträning = arbetsmarknadsinsats; arbetspraktik
praktikant = praktik; arbetsträning
lönebidrag = subventionerad anställning; anställningsstöd; nystartsjobb
sommarjobb = feriejobb; ferieanställning; feriepraktik
lönespecifikation = lönebesked; lönespec; löneunderlag
kontoutdrag = kontohistorik; bankutdrag; transaktioner
bitcoin = kryptovaluta; krypto; virtuell valuta
hyreskontrakt = hyresavtal
bluffkontrakt = falskt hyresavtal; skenkontrakt
andrahandsuthyrning = andrahand; svartuthyrning; olovlig uthyrning
hyresvärd = fastighetsägare; bostadsbolag
KFM = Kronofogden; Kronofogdemyndigheten
skatteskuld = skulder; betalningsanmärkning; kreditupplysning
obestånd = konkurs; insolvens; betalningsinställelse
företag = bolag; firma
aktiebolag = AB; bolag
kickback = kick-back; provision; otillbörlig ersättning
kartell = anbudskartell; konkurrensbegränsande samarbete; prissamarbete; prisuppgörelse; otillåtet samarbete
överfakturering = felfakturering; felaktig fakturering; överdebitering; för hög faktura
dubbelfakturering = dubbelbetalning; dubbel betalning; dubbel faktura; betald två gånger
felutbetalning = fel utbetald; felaktigt utbetald
kontant = kontanter; privata medel
bankkort = kontokort; betalkort; privata medel
bankgiro = kontonummer; betalningsmottagare
besparing = spara pengar; ekonomisk nytta; lönsamhet
budget = resurser; medel
prishöjning = prisjustering; indexuppräkning
tomgång = tom plats; tomt rum; tom lägenhet; outnyttjad plats; tomgångsersättning
avgift = egenavgift; taxa
moms = mervärdesskatt
F-skatt = F-skattsedel; arbetsgivaravgift
lågt pris = lågt anbud; onormalt lågt anbud
underpris = onormalt lågt anbud

fejka = förfalska; falsk; påhittad; fingerad
förfalskning = urkundsförfalskning; falsk handling; förfalskad
lura = bedrägeri; vilseleda; bedra
bedra = bedrägeri; bedragare
luras > bedrägeri
stjäla = stöld; stulen
pengatvätt = penningtvätt
skattefusk = skattebrott; skatteflykt; skatteundandragande
ekobrott = ekonomisk brottslighet; ekonomisk brottslig
tjänstefel = myndighetsmissbruk
våld = misshandel; överfall
näthat = hot på nätet; hot i sociala medier; trakasserier
hatkampanj = desinformation; ryktesspridning; påverkanskampanj
rykte = ryktesspridning; desinformation; falska påståenden
LVU-kampanjen = desinformation mot socialtjänsten
exploatering = människohandel; människoexploatering; tvångsarbete
slavarbete > människoexploatering; arbetskraftsexploatering
extremism = odemokratisk; antidemokratisk; våldsbejakande
odemokratisk > demokrativillkor; demokratisk
gäng = kriminella; kriminella nätverk; gängkriminell
maffia > organiserad brottslighet
kriminell = brottslig; brottsling
brottslighet = kriminalitet
mygel = korruption; vänskapskorruption
svågerpolitik = vänskapskorruption; nepotism; jäv
vänskapskorruption = korruption; jäv
bestickning = mutbrott
representation = lunch; middag; bjuda
studieresa = leverantörsresa; konferensresa
sårbarhet = svaghet; lucka; kryphål; svag punkt
varningstecken = varningssignal; tecken; signal; varningsflagga; indikation
kriminalstatistik = brottsstatistik; statistik över brott; anmälda brott
identitetsstöld = id-kapning; falsk identitet
skuggsamhälle = papperslös; parallellsamhälle
flera skrivna på samma adress = folkbokföring; skenskrivning

tingsrätt > dom; domstol
hovrätt > dom; domstol
kammarrätt > dom; domstol
förvaltningsrätt > dom; domstol
straff = påföljd; fängelse; böter
överklaga = överklagande; besvär; överprövning
lägga ner utredning = nedlagd förundersökning; nedläggning
lagförslag = proposition; ny lag; lagändring
prop > proposition
yttrande = remissvar; synpunkter
paragraf = lagrum; bestämmelse
neka = avslå; avslag; vägra
orosanmälan = oro för barn; anmälan om oro
tvångsvård = LVU; LVM; omhändertagande
offentlighetsprincip = allmän handling; offentlig handling
radera = gallra; ta bort uppgifter; rensa
arkivera = bevara; arkiv
skyddad adress = hemlig adress; skyddade personuppgifter; sekretessmarkering; skyddad folkbokföring
meddelarskydd = meddelarfrihet; källskydd; efterforskningsförbud
repressalie = bestraffning; hämndåtgärd
bevis = bevisning
preskription = preskriberad
avtalsbrott = kontraktsbrott; brott mot avtalet
LASS = lagen om assistansersättning; assistansersättning
LPT = lagen om psykiatrisk tvångsvård
AML = arbetsmiljölagen
PUL = personuppgiftslagen; dataskyddsförordningen
TL = tandvårdslagen
BAB = bostadsanpassningsbidrag
AI Act = AI-förordningen
DPIA = konsekvensbedömning; konsekvensanalys
SOU = statens offentliga utredningar

FFU = förfrågningsunderlag; upphandlingsdokument; upphandlingsunderlag
kravspecifikation = kravställning; kravställare; krav i upphandling
DIS = dynamiskt inköpssystem
anbudsgivare = anbudslämnare
tilldelning = tilldelningsbeslut; kontraktstilldelning
utesluta = uteslutning; stänga ute; avstängning
svartlista = spärrlista; uteslutning
självsanering = sanering; rättat till sina brister
häva = hävning; avbryta avtal
öppna böcker = revisionsrätt; insyn i kostnader; revisionsklausul
annonsera = annonsering; utlysa
dela upp inköp = uppdelning; direktupphandling
avtalsvård = avtalsförvaltning; avtalsuppföljning
avtalsansvarig = avtalsägare; avtalsförvaltare; avtalscontroller
böter = vite; sanktionsavgift; straffavgift
kollektivavtal = lönevillkor; arbetsrättsliga villkor; schyssta villkor
valfrihet = LOV; kundval; vårdval
vårdval = valfrihetssystem; LOV
godkänd utförare = godkännande; auktorisation; auktoriserad

kolla = kontrollera; granska
verifiera = kontrollera; bekräfta
undersöka = utreda; granska
stoppa = hindra; förhindra; motverka
upptäcka = avslöja; märka; identifiera
misstänkt = misstanke; misstänka
avvikelse = brist; fel; avvika
oro = misstanke; orolig
attest = attestera; attesträtt; godkänna faktura
underskrift = signatur; namnteckning; signera
fyra ögon = tvåhandsprincip; två underskrifter; dubbel kontroll
delegation = delegationsordning; beslutanderätt
rekrytera = anställa; anställning; nyanställning
introduktion = nyanställd; onboarding; ny medarbetare
CV = meritförteckning; betyg
avskeda = sparka; uppsägning; avsked
facket = fackförbund; fackförening; arbetstagarorganisation
arbetskläder = uniform; tjänstekläder; profilkläder
id-kort = tjänstekort; tjänstelegitimation; passerkort
nyckel = lås; nyckelhantering; låscylinder
delad inloggning = gemensam inloggning; gemensamt konto; låna ut inloggning; lånad inloggning
inloggning = konto; lösenord; användarnamn
e-legitimation = BankID; e-leg
kamera = övervakningskamera; kamerabevakning; kameraövervakning
GPS = positionering; platsuppgift; spårning
mobil = telefon; mobiltelefon; smartphone
robot = automatisering; automatiserat beslut; RPA
dator = IT-system; automatiserad
ChatGPT = chattbot; språkmodell; generativ AI
samköra = samkörning; registersamkörning; datamatchning; jämföra register
phishing = nätfiske; bluffmejl
cyberangrepp = IT-angrepp; hackare; dataintrång
mejl = e-post; mail
webbplats = hemsida; sajt
personlarm = överfallslarm; larm
lärande = lärdom; erfarenhet; lära
klagomål = synpunkt; missnöje
intervju = samtal; intervjuguide
enkät = undersökning; frågeformulär; självskattning
nyckeltal = indikator; mått; mätetal
vägledning = handbok; guide; handledning
bildspel = presentation; PowerPoint; presentationsbilder
kommunfullmäktige = KF; fullmäktige
KS = kommunstyrelse
kommunalråd > politiker
regionråd > politiker
landsting = region
samarbete = samverkan
mellankommunal = kommuner tillsammans; gemensam; delad tjänst
deltid = deltidstjänst; del av tjänst
distansarbete = hemarbete; arbeta hemifrån; hemifrån
brandkår = räddningstjänst
krisstöd = stödsamtal; stöd efter händelse
arbetsmiljö = otrygghet; arbetsmiljöansvar
tystnadskultur = öppet klimat
värdegrund = värderingar; kultur
målkonflikt = intressekonflikt; motstridiga mål
följa lagen = efterlevnad; regelefterlevnad; laglighet
fortbildning = kompetensutveckling; utbildning
förening = ideell organisation; idrottsförening; civilsamhälle; klubb
närvaro = närvarolista; frånvaro; närvarorapportering
bortrest = utomlands; utlandsvistelse
hembesök = besök i hemmet; besöka hemmet
plötsligt besök = oanmält besök

UBM = Utbetalningsmyndigheten
BV = Bolagsverket
SoS = Socialstyrelsen
TLV = Tandvårds- och läkemedelsförmånsverket
Säpo = Säkerhetspolisen
DO = Diskrimineringsombudsmannen
AMV = Arbetsmiljöverket
JK = Justitiekanslern
FHM = Folkhälsomyndigheten
MSB = Myndigheten för samhällsskydd och beredskap
ESV = Ekonomistyrningsverket
LST = länsstyrelse
underrättelsecenter = RUC; NUC; regionalt underrättelsecentrum
"""


def rows():
    """Each phrase with what it means, and whether that holds both ways."""
    for line in filter(None, map(str.strip, SYNONYMS.splitlines())):
        both_ways = " = " in line
        phrase, _, means = line.partition(" = " if both_ways else " > ")
        yield phrase, means, both_ways


def add_rows(apps, schema_editor):
    Synonym = apps.get_model("resources", "Synonym")
    known = {phrase.lower() for phrase in Synonym.objects.values_list("phrase", flat=True)}
    Synonym.objects.bulk_create(
        Synonym(phrase=phrase, means=means, both_ways=both_ways)
        for phrase, means, both_ways in rows()
        if phrase.lower() not in known
    )


def remove_rows(apps, schema_editor):
    """Remove the rows that nobody has changed."""
    Synonym = apps.get_model("resources", "Synonym")
    for phrase, means, both_ways in rows():
        Synonym.objects.filter(phrase=phrase, means=means, both_ways=both_ways).delete()


class Migration(migrations.Migration):
    dependencies = [("resources", "0005_search_counts_kept")]

    operations = [migrations.RunPython(add_rows, remove_rows)]
