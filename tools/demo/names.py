"""Invented people: family names that say so, addresses and numbers that reach nobody.

Mail goes to the reserved domains ``example.com`` and ``example.org``. British and American numbers are of
the ranges kept for fiction; Spain and Italy keep none, so theirs are of blocks that were never handed out.
"""

from __future__ import annotations

from typing import Final

SPANISH: Final = (
    (
        "Ana", "Luis", "Carmen", "Pablo", "Rosa", "Jorge", "Marta", "Nuria", "Sofía", "Elena", "Raquel",
        "Hugo", "Clara", "Iván", "Vera", "Saúl", "Alba", "Julia", "Olga", "Leo", "Inés", "Eva", "Diego",
        "Lucía", "Mateo", "Paula", "Adrián", "Irati", "Nicolás", "Begoña", "Andrés", "Lola", "Marcos",
        "Pilar", "Gonzalo", "Aitana", "Rubén", "Teresa", "Óscar", "Noelia", "Tomás", "Rocío", "Álvaro",
        "Mónica", "Samuel", "Celia", "Víctor", "Amparo", "Joaquín", "Estela",
    ),
    ("Prueba", "Modelo", "Demo", "Muestra", "Ensayo", "Ejemplo", "Ficticio", "Ejemplar", "Figurado", "Supuesto"),
    ("García", "López", "Ruiz", "Vidal", "Navarro", "Serrano", "Ibáñez", "Castro", "Molina", "Ferrer", "Peña", "Núñez"),
)  # fmt: skip
ITALIAN: Final = (
    (
        "Giulia", "Marco", "Chiara", "Luca", "Francesca", "Matteo", "Sara", "Andrea", "Martina", "Davide",
        "Elisa", "Stefano", "Valentina", "Riccardo", "Alice", "Simone", "Federica", "Lorenzo", "Ilaria",
        "Paolo", "Silvia", "Gabriele", "Noemi", "Tommaso", "Camilla", "Giorgio", "Beatrice", "Nicolò",
        "Laura", "Emanuele", "Anna", "Filippo", "Caterina", "Michele", "Serena", "Pietro",
    ),
    ("Prova", "Esempio", "Campione", "Modello", "Saggio", "Fittizi", "Ipotesi", "Bozza"),
    ("",),
)  # fmt: skip
ENGLISH: Final = (
    (
        "Sam", "Amelia", "Oliver", "Priya", "George", "Zoe", "Mohammed", "Grace", "Callum", "Freya", "Ivy",
        "Noah", "Isla", "Theo", "Aisha", "Harry", "Poppy", "Leon", "Maya", "Finn", "Ruby", "Jasper", "Nia",
        "Archie", "Elsie", "Kwame", "Martha", "Dylan", "Layla", "Ewan", "Hattie", "Rory", "Beth", "Imran",
        "Clara", "Toby", "Mei", "Lewis", "Orla", "Jude", "Saoirse", "Hugo", "Tara", "Felix", "Yasmin",
    ),
    ("Sample", "Example", "Specimen", "Pattern", "Trial", "Mockford", "Placeholder", "Testerman", "Dummer"),
    ("",),
)  # fmt: skip
POOLS: Final = {"es": SPANISH, "it": ITALIAN, "en": ENGLISH}


def phone(country: str, number: int) -> str:
    """A number as people write it; one of a thousand per country."""
    end = f"{number % 1000:03}"
    if country == "ES":
        return f"600 000 {end}"
    if country == "IT":
        return f"312 000 0{end}"
    if country == "GB":
        return f"07700 900{end}"
    return f"+1 212 555 01{end[1:]}"
