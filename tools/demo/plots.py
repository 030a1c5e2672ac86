"""What happens in each demo business: who comes, for what, how often, and how full the days are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

Weights = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Guest:
    """A client with a part of their own in the plot, added after the invented crowd."""

    name: str
    email: str = ""
    phone: str = ""
    language: str = ""
    zone: str = ""
    note: str = ""
    comes: int = 3


@dataclass(frozen=True, slots=True)
class Plot:
    """One business. Weights are per professional; ``groups`` are (weekday, start) of the group service."""

    seed: str
    crowd: int
    country: str
    weights: dict[str, Weights]
    guests: tuple[Guest, ...]
    group: str = ""
    groups: tuple[tuple[int, str], ...] = ()
    regulars: tuple[tuple[str, str, int, str, int], ...] = ()
    """(professional, service, weekday, start, every so many weeks): appointments in a series."""
    credits: tuple[str, ...] = ()
    """Services that need credits: their appointments of late wait for one (``serving/demo_sales.py`` sells them)."""
    parts: tuple[tuple[str, str, str, int, str], ...] = ()
    """(client, professional, service, weekday, start): what is known of the anchor's week."""
    abroad: tuple[tuple[str, str, int], ...] = ()
    """(zone, language, how many of a hundred clients live there)."""
    remote: str = ""
    """The service that those abroad book."""
    paid: str = ""
    """The professional whose first two weeks are settled already."""
    notes: tuple[str, ...] = field(default=())
    wishes: tuple[str, ...] = field(default=())


ANA: Final = Guest("Ana Prueba García", "ana.prueba@example.com", "+34 600 000 012", "es", comes=5)

PLOTS: Final = (
    Plot(
        seed="fisioterapia-ejemplo",
        crowd=190,
        country="ES",
        weights={
            "irene": (("fisioterapia", 7), ("deportiva", 3), ("drenaje", 1), ("ecografia", 1), ("en-linea", 1)),
            "tomas": (("deportiva", 6), ("fisioterapia", 4), ("ecografia", 2)),
            "bea": (("suelo-pelvico", 5), ("fisioterapia", 4), ("drenaje", 3), ("en-linea", 1)),
        },
        paid="bea",
        group="pilates",
        groups=((1, "18:15"), (3, "18:15")),
        credits=("fisioterapia", "pilates"),
        regulars=(("irene", "fisioterapia", 2, "09:00", 1), ("tomas", "deportiva", 0, "15:00", 2), ("bea", "drenaje", 4, "08:00", 1)),
        guests=(
            ANA,
            Guest("María del Carmen Ejemplo Ruiz", "carmen.ejemplo@example.com", "600 000 077"),
            Guest("Mª Carmen Ejemplo", "", "600 000 077", note="Llamó por teléfono; ¿es María del Carmen?", comes=2),
            Guest("Rosa Demo Vidal", "rosa.demo@example.org", "912 000 111", note="Prefiere que la llamen al fijo."),
            Guest("Emma Specimen", "emma.specimen@example.com", "+44 7700 900321", "en", "Europe/London", "Viene cuando está en Madrid."),
        ),
        parts=(
            ("ana-prueba-garcia", "irene", "fisioterapia", 1, "17:30"),
            ("ma-carmen-ejemplo", "bea", "drenaje", 3, "10:00"),
            ("rosa-demo-vidal", "irene", "fisioterapia", 1, "11:00"),
        ),
        notes=("Alergia al látex.", "Viene con su hija.", "Mejor por la mañana.", "Prótesis en la rodilla derecha.", "Entrena los martes."),
        wishes=("Me duele al girar el cuello.", "Llego con cinco minutos justos.", "¿Puedo venir con el bebé?", "Es la primera vez que voy a un fisio."),
    ),
    Plot(
        seed="studio-esempio",
        crowd=95,
        country="IT",
        weights={
            "elena": (("coppia", 6), ("individuale", 4), ("primo-colloquio", 1), ("online", 1)),
            "davide": (("individuale", 6), ("online", 3), ("primo-colloquio", 1)),
            "chiara": (("individuale", 6), ("genitori", 3), ("coppia", 2), ("primo-colloquio", 1)),
            "paolo": (("online", 1),),
        },
        credits=("coppia",),
        regulars=(
            ("elena", "coppia", 0, "18:00", 2),
            ("elena", "individuale", 2, "10:00", 1),
            ("davide", "individuale", 1, "19:00", 1),
            ("davide", "individuale", 0, "09:00", 1),
            ("chiara", "individuale", 3, "18:00", 1),
            ("chiara", "genitori", 1, "09:00", 2),
            ("paolo", "online", 0, "20:00", 1),
            ("paolo", "online", 3, "07:00", 1),
        ),
        abroad=(("America/New_York", "en", 7), ("Europe/London", "it", 8), ("America/Argentina/Buenos_Aires", "es", 4)),
        remote="online",
        guests=(
            ANA,
            Guest("Giulia Prova", "famiglia.prova@example.com", "312 000 0001", note="In coppia con Marco; stesso indirizzo.", comes=5),
            Guest("Marco Prova", "famiglia.prova@example.com", "312 000 0002", note="In coppia con Giulia; stesso indirizzo."),
            Guest("Sam Sample", "sam.sample@example.com", "+1 212 555 0143", "en", "America/New_York", "Parla inglese.", 4),
        ),
        parts=(
            ("giulia-prova", "elena", "coppia", 3, "18:00"),
            ("sam-sample", "davide", "online", 4, "15:00"),
            ("ana-prueba-garcia", "paolo", "online", 1, "18:00"),
        ),
        notes=("Preferisce non ricevere telefonate.", "Seduta in inglese.", "Fattura alla società.", "Arriva in bicicletta."),
        wishes=("Vorrei capire come funziona.", "Siamo in due.", "Posso avere la stanza al piano terra?", "Preferisco la sera."),
    ),
    Plot(
        seed="kestrel-hair",
        crowd=240,
        country="GB",
        weights={
            "amara": (("colour", 5), ("roots", 4), ("cut", 3), ("consultation", 1), ("blow-dry", 1)),
            "joe": (("short-cut", 7), ("cut", 5), ("fringe", 1)),
            "priya": (("cut", 7), ("roots", 2), ("colour", 1), ("blow-dry", 2), ("fringe", 1), ("consultation", 1)),
            "tess": (("blow-dry", 5), ("cut", 4), ("fringe", 2), ("short-cut", 2), ("roots", 1)),
        },
        regulars=(("joe", "short-cut", 5, "09:00", 2), ("tess", "blow-dry", 4, "17:00", 1)),
        guests=(
            ANA,
            Guest("Sam Example", "sam.example@example.com", "07700 900123", comes=4),
            Guest("Samantha Example", "sam.example@example.com", "07700 900123", note="Same phone as Sam: one person or two?", comes=2),
            Guest("Giulia Campione", "giulia.campione@example.org", "+39 312 000 0045", "it", note="Visits from Milan."),
        ),
        parts=(
            ("sam-example", "joe", "short-cut", 4, "14:00"),
            ("giulia-campione", "amara", "colour", 3, "16:00"),
        ),
        notes=("Sensitive scalp, patch test done.", "Tea, no milk.", "Likes the window seat.", "Runs ten minutes late."),
        wishes=("Same as last time, please.", "Growing out a fringe.", "Could we go a little darker?", "Bringing my son."),
    ),
)  # fmt: skip
