"""Who is who at Tarnwick Instruments: seats, people and who sat where, territories, products and stages."""

from datetime import date
from typing import NamedTuple

AS_OF = date(2025, 11, 20)
FIRST_DAY = date(2023, 1, 1)
CRM_START = date(2022, 7, 1)
FISCAL_YEARS = (2023, 2024, 2025)

COMPANY_TOML = f"""\
[company]
name = "Tarnwick Instruments"
currency = "USD"
zone = "America/Chicago"
first_month = 1
scheme = "months"
anchor = 0
named_by = "end"
as_of = "{AS_OF}"

[targets]
growth = "0.12"
win_rate = "0.26"
"""


class Seat(NamedTuple):
    id: str
    title: str
    kind: str
    team: str
    territory: str
    valid_from: str
    valid_to: str = ""


class Person(NamedTuple):
    """`drive` is how many deals someone works and `skill` how many of them are won, in percent of what is usual."""

    id: str
    name: str
    email: str
    hired_on: str
    left_on: str = ""
    drive: int = 100
    skill: int = 100


TERRITORIES = (
    ("T-W", "West", ""),
    ("T-W1", "California", "T-W"),
    ("T-W2", "Pacific Northwest", "T-W"),
    ("T-W3", "Mountain", "T-W"),
    ("T-W4", "Southwest", "T-W"),
    ("T-C", "Central", ""),
    ("T-C1", "Great Lakes", "T-C"),
    ("T-C2", "Upper Midwest", "T-C"),
    ("T-C3", "Texas and Gulf", "T-C"),
    ("T-C4", "Plains", "T-C"),
    ("T-E", "East", ""),
    ("T-E1", "New England", "T-E"),
    ("T-E2", "Mid-Atlantic", "T-E"),
    ("T-E3", "Carolinas", "T-E"),
    ("T-E4", "Florida", "T-E"),
    ("T-N", "North", ""),
    ("T-N1", "Ontario", "T-N"),
    ("T-N2", "Québec", "T-N"),
    ("T-N3", "Prairies", "T-N"),
    ("T-N4", "Pacific Coast", "T-N"),
    ("T-K", "Key Accounts", ""),
    ("T-K1", "Energy", "T-K"),
    ("T-K2", "Life Science", "T-K"),
    ("T-K3", "Water", "T-K"),
)

SEATS = (
    Seat("S-VP", "Vice President, Sales", "manager", "Tarnwick Sales", "", "2017-03-06"),
    Seat("S-W0", "Sales Manager, West", "manager", "West", "T-W", "2018-01-01"),
    Seat("S-W1", "Senior Account Executive", "seller", "", "T-W1", "2018-01-01"),
    Seat("S-W2", "Account Executive", "seller", "", "T-W2", "2018-01-01"),
    Seat("S-W3", "Account Executive", "seller", "", "T-W3", "2018-01-01"),
    Seat("S-W4", "Account Executive", "seller", "", "T-W4", "2018-01-01"),
    Seat("S-W5", "Account Executive", "seller", "", "T-W1", "2020-01-01"),
    Seat("S-W6", "Account Executive", "seller", "", "T-W2", "2026-01-01"),
    Seat("S-C0", "Sales Manager, Central", "manager", "Central", "T-C", "2018-01-01"),
    Seat("S-C1", "Senior Account Executive", "seller", "", "T-C1", "2018-01-01"),
    Seat("S-C2", "Account Executive", "seller", "", "T-C2", "2018-01-01"),
    Seat("S-C3", "Account Executive", "seller", "", "T-C3", "2018-01-01"),
    Seat("S-C4", "Account Executive", "seller", "", "T-C4", "2018-01-01"),
    Seat("S-C5", "Account Executive", "seller", "", "T-C3", "2021-01-01"),
    Seat("S-C6", "Account Executive", "seller", "", "T-C4", "2021-01-01", "2024-03-31"),
    Seat("S-E0", "Sales Manager, East", "manager", "East", "T-E", "2018-01-01"),
    Seat("S-E1", "Senior Account Executive", "seller", "", "T-E1", "2018-01-01"),
    Seat("S-E2", "Account Executive", "seller", "", "T-E2", "2018-01-01"),
    Seat("S-E3", "Account Executive", "seller", "", "T-E2", "2018-01-01"),
    Seat("S-E4", "Account Executive", "seller", "", "T-E3", "2018-01-01"),
    Seat("S-E5", "Account Executive", "seller", "", "T-E4", "2019-01-01"),
    Seat("S-N0", "Sales Manager, North", "manager", "North", "T-N", "2018-01-01"),
    Seat("S-N1", "Senior Account Executive", "seller", "", "T-N1", "2018-01-01"),
    Seat("S-N2", "Account Executive", "seller", "", "T-N2", "2018-01-01"),
    Seat("S-N3", "Account Executive", "seller", "", "T-N3", "2018-01-01"),
    Seat("S-N4", "Account Executive", "seller", "", "T-N4", "2021-01-01"),
    Seat("S-K0", "Director, Key Accounts", "manager", "Key Accounts", "T-K", "2019-01-01"),
    Seat("S-K1", "Key Account Manager", "seller", "", "T-K1", "2019-01-01"),
    Seat("S-K2", "Key Account Manager", "seller", "", "T-K2", "2019-01-01"),
    Seat("S-K3", "Key Account Manager", "seller", "", "T-K3", "2019-01-01"),
    Seat("S-K4", "Key Account Manager", "seller", "", "T-K1", "2024-04-01"),
    Seat("S-K5", "Key Account Manager", "seller", "", "T-K2", "2021-01-01"),
)
SELLING_MANAGERS = ("S-W0", "S-N0")

PEOPLE = (
    Person("P01", "Marguerite Oyelaran", "marguerite.oyelaran", "2017-03-06"),
    Person("P02", "Teodor Branković", "teodor.brankovic", "2018-05-14", drive=45, skill=105),
    Person("P03", "Priscilla Nakagawa-Holt", "priscilla.nakagawa-holt", "2016-09-01", "2024-08-30"),
    Person("P04", "Desmond Achterberg", "desmond.achterberg", "2019-02-04", drive=105, skill=110),
    Person("P05", "Aoife O'Dwyer", "aoife.odwyer", "2018-03-19"),
    Person("P06", "Luc Desrochers-Paquin", "luc.desrochers-paquin", "2018-10-01", drive=45, skill=95),
    Person("P07", "Yevgenia Castellano-Brandt", "yevgenia.castellano-brandt", "2019-01-07"),
    Person("P08", "Hollis Amundsen", "hollis.amundsen", "2018-06-11", drive=115, skill=150),
    Person("P09", "Rukmini Vasquez-Lal", "rukmini.vasquez-lal", "2020-08-03", skill=110),
    Person("P10", "Jörg Pfändler", "joerg.pfaendler", "2019-11-18", skill=112),
    Person("P11", "Callum Eastergaard", "callum.eastergaard", "2021-04-06", drive=105, skill=68),
    Person("P12", "Bettina Skarsholm-Ruiz", "bettina.skarsholm-ruiz", "2021-09-13", skill=105),
    Person("P13", "Thaddeus Mwangi-Cole", "thaddeus.mwangi-cole", "2020-02-17", "2025-05-30", skill=80),
    Person("P14", "Solveig Marchetti", "solveig.marchetti", "2018-08-20", skill=125),
    Person("P15", "Ignatius Bello", "ignatius.bello", "2021-01-11", skill=98),
    Person("P16", "Corinne Falkenrath", "corinne.falkenrath", "2021-03-01", "2025-10-17", skill=85),
    Person("P17", "Emeric Stallworth", "emeric.stallworth", "2021-05-10", "2024-03-29", drive=85, skill=62),
    Person("P18", "Winnifred Tanaka-Boyle", "winnifred.tanaka-boyle", "2018-02-12", skill=118),
    Person("P19", "Gideon Rasmusson", "gideon.rasmusson", "2019-07-08", "2024-05-31", skill=88),
    Person("P20", "Perpetua Lindqvist", "perpetua.lindqvist", "2020-10-05", "2025-09-12"),
    Person("P21", "Anselm Okonjo", "anselm.okonjo", "2021-06-21", skill=108),
    Person("P22", "Barnaby Trelawney-Singh", "barnaby.trelawney-singh", "2019-04-15", drive=95, skill=54),
    Person("P23", "Zuzana Kowalczuk", "zuzana.kowalczuk", "2018-04-09", drive=110, skill=132),
    Person("P24", "陳佳蓉", "chen.chia-jung", "2024-02-19", skill=104),
    Person("P25", "Matteo Ferreira-Knox", "matteo.ferreira-knox", "2025-09-02"),
    Person("P26", "Ottilie Brennan-Adeyemi", "ottilie.brennan-adeyemi", "2025-01-06", skill=96),
    Person("P27", "Rasheed Vandermolen", "rasheed.vandermolen", "2024-09-03", skill=90),
    Person("P28", "Honora Szabó", "honora.szabo", "2025-05-05", skill=94),
    Person("P29", "Élodie Thibaudeau-Roy", "elodie.thibaudeau-roy", "2019-09-03", skill=102),
    Person("P30", "Magnus Ellery", "magnus.ellery", "2020-06-15", "2025-01-31", skill=78),
    Person("P31", "Delphine Abernathy-Wu", "delphine.abernathy-wu", "2021-02-08", skill=95),
    Person("P32", "Cassius Hallworth", "cassius.hallworth", "2019-03-11", skill=112),
    Person("P33", "Ludmila Farrow", "ludmila.farrow", "2019-05-20", "2023-11-30", skill=88),
    Person("P34", "نورا الحلبي", "noura.alhalabi", "2020-01-13", skill=100),
    Person("P35", "Quentin Abara", "quentin.abara", "2024-05-06", skill=95),
    Person("P36", "Rosalind Petrakis-Moe", "rosalind.petrakis-moe", "2021-07-12", skill=90),
)

OCCUPANCIES = (
    ("P01", "S-VP", "2017-03-06", ""),
    ("P02", "S-W0", "2018-05-14", ""),
    ("P03", "S-C0", "2018-01-01", "2024-08-30"),
    ("P04", "S-C1", "2019-02-04", "2024-10-13"),
    ("P04", "S-C0", "2024-10-14", ""),
    ("P05", "S-E0", "2018-03-19", ""),
    ("P06", "S-N0", "2018-10-01", ""),
    ("P07", "S-K0", "2019-01-07", ""),
    ("P08", "S-W1", "2018-06-11", ""),
    ("P09", "S-W2", "2020-08-03", ""),
    ("P10", "S-W3", "2019-11-18", "2023-12-31"),
    ("P10", "S-K2", "2024-01-01", ""),
    ("P11", "S-W4", "2021-04-06", ""),
    ("P12", "S-W5", "2021-09-13", "2025-07-31"),
    ("P12", "S-C2", "2025-08-01", ""),
    ("P13", "S-C2", "2020-02-17", "2025-05-30"),
    ("P14", "S-C3", "2018-08-20", ""),
    ("P15", "S-C4", "2021-01-11", "2024-07-31"),
    ("P15", "S-E2", "2024-08-01", ""),
    ("P16", "S-C5", "2021-03-01", "2025-10-17"),
    ("P17", "S-C6", "2021-05-10", "2024-03-29"),
    ("P18", "S-E1", "2018-02-12", ""),
    ("P19", "S-E2", "2019-07-08", "2024-05-31"),
    ("P20", "S-E3", "2020-10-05", "2025-09-12"),
    ("P21", "S-E4", "2021-06-21", "2025-03-16"),
    ("P21", "S-N3", "2025-03-17", ""),
    ("P22", "S-E5", "2019-04-15", ""),
    ("P23", "S-N1", "2018-04-09", ""),
    ("P24", "S-W3", "2024-02-19", ""),
    ("P25", "S-W5", "2025-09-02", ""),
    ("P26", "S-C1", "2025-01-06", ""),
    ("P27", "S-C4", "2024-09-03", ""),
    ("P28", "S-E4", "2025-05-05", ""),
    ("P29", "S-N2", "2019-09-03", ""),
    ("P30", "S-N3", "2020-06-15", "2025-01-31"),
    ("P31", "S-N4", "2021-02-08", ""),
    ("P32", "S-K1", "2019-03-11", ""),
    ("P33", "S-K2", "2019-05-20", "2023-11-30"),
    ("P34", "S-K3", "2020-01-13", ""),
    ("P35", "S-K4", "2024-05-06", ""),
    ("P36", "S-K5", "2021-07-12", ""),
)

LEADERS = {"W": "S-W0", "C": "S-C0", "E": "S-E0", "N": "S-N0", "K": "S-K0"}
MOVED_LINE = {"S-N4": ("2025-02-10", "S-E0")}

LINES = (
    ("L-FLOW", "Flow"),
    ("L-PRES", "Pressure and Level"),
    ("L-GAS", "Gas Analysis"),
    ("L-CAL", "Calibration Service"),
)

PRODUCTS = (
    ("F-100", "Vortex 100", "L-FLOW", "4200", "2310"),
    ("F-200", "Coriolis 200", "L-FLOW", "11800", "6490"),
    ("F-300", "Magflow 300", "L-FLOW", "6950", "3822.5"),
    ("F-400", "Clamp-on 400", "L-FLOW", "3450", "1966.5"),
    ("P-10", "Pressure Cell P10", "L-PRES", "890", "560.7"),
    ("P-20", "Differential P20", "L-PRES", "1640", "1033.2"),
    ("P-30", "Radar Level R30", "L-PRES", "2980", "1847.6"),
    ("P-40", "Float Switch S40", "L-PRES", "185.5", "120.58"),
    ("G-1", "Oxygen Analyser G1", "L-GAS", "9400", "4606"),
    ("G-2", "Infrared Analyser G2", "L-GAS", "23500", "11280"),
    ("G-3", "Trace Laser G3", "L-GAS", "48750", "22912.5"),
    ("C-1", "On-site Calibration", "L-CAL", "2400", "1008"),
    ("C-2", "Laboratory Calibration", "L-CAL", "1250", "512.5"),
    ("C-3", "Service Agreement", "L-CAL", "7800", "3120"),
)

STAGES = (
    ("ST1", "Prospecting", "1", "0.05", "omitted", "open"),
    ("ST2", "Qualification", "2", "0.15", "pipeline", "open"),
    ("ST3", "Discovery", "3", "0.3", "pipeline", "open"),
    ("ST4", "Proposal", "4", "0.5", "best_case", "open"),
    ("ST5", "Negotiation", "5", "0.75", "commit", "open"),
    ("ST6", "Closed Won", "6", "1", "closed", "won"),
    ("ST7", "Closed Lost", "7", "0", "omitted", "lost"),
)


def team_of(seat: str) -> str:
    """The letter of the team a seat belongs to by its territory; `V` for the head of sales."""
    return seat[2]


def leader_of(seat: str, day: str) -> str:
    """The seat that `seat` reports to on an ISO `day`; empty for the head of sales."""
    if seat == "S-VP":
        return ""
    if seat in LEADERS.values():
        return "S-VP"
    if seat in MOVED_LINE and day >= MOVED_LINE[seat][0]:
        return MOVED_LINE[seat][1]
    return LEADERS[team_of(seat)]


def occupant(seat: str, day: str) -> str:
    """Who sits in `seat` on an ISO `day`; empty when it is vacant."""
    for person, held, valid_from, valid_to in OCCUPANCIES:
        if held == seat and valid_from <= day and (not valid_to or day <= valid_to):
            return person
    return ""


def keeper(seat: str, day: str) -> str:
    """Whose name a seat's accounts bear on an ISO `day`: its occupant's, or that of the last one who left."""
    begun = [(valid_from, person) for person, held, valid_from, _ in OCCUPANCIES if held == seat and valid_from <= day]
    return max(begun)[1] if begun else ""
