"""Pairs of records written by hand, each with what a person at the desk should be shown.

``same``: proposed as one person. ``household``: proposed as belonging together. ``open``: shown as undecided, or not at
all, but never as one person. ``not-same``: anything but ``same``. A record is (first, last, emails, phones, birthday, language).
"""

from __future__ import annotations

from clientela.rules.client_match import ClientFacts

P, Q, R = "612 345 678", "+34699888777", "0034655443322"


def record(text: str) -> ClientFacts:
    """Read *first / last · e-mail · phone · birthday · language*, of which anything may be missing."""
    name, *rest = (part.strip() for part in text.split("·"))
    first, _, last = (part.strip() for part in name.partition("/"))
    emails = tuple(one for part in rest if "@" in part for one in part.split())
    phones = tuple(
        part for part in rest if part.startswith(("+", "6", "0", "9", "3")) and "-" not in part
    )
    birthdays = [part for part in rest if part[:4].isdigit() and part[4:5] == "-"]
    languages = [part for part in rest if part in {"es", "it", "pt", "en"}]
    return ClientFacts(
        first, last, emails, phones, *(birthdays[:1] or [""]), *(languages[:1] or [""])
    )


SAME = """
Paco / García · paco.garcia@correo.example · 612 345 678 | Francisco / García · paco.garcia@correo.example
Francisco / García López · +34612345678 | Paco / García López · 612345678
Mª José / Ruiz · +34612345678 | María José / Ruiz Soler · 612 34 56 78
M. José / Ruiz Soler · a.ruiz@correo.example | Maria Jose / Ruiz Soler · a.ruiz@correo.example
García Márquez Gabriel · gabo@correo.example | Gabriel / García Márquez · gabo@correo.example
GARCIA MARQUEZ, GABRIEL · 0034612345678 | Gabriel / García Márquez · 612345678
Gabriel / Garciamarquez · gabo@correo.example | Gabriel / García Márquez · gabo@correo.example
García / Gabriel · gabo@correo.example · 1980-03-04 | Gabriel / García · gabo@correo.example
Ana / Ruiz · ana.ruiz@gmail.com · 612345678 | Ana / Ruiz · anaruiz@gmail.com · 612345678
Ana / Ruiz · ana.ruiz@gmial.com | Ana / Ruiz · ana.ruiz@gmail.com
Lucía / Serrano · luciaserrano84@gmail.com · 1984-05-06 | Lucía / Serrano · luciaserrano84@hotmail.com · 1984-05-06
Lucía / Serrano Gil · +34612345678 · 1984-05-06 | Lucia / Serrano · 1984-05-06
Lucía / Serrano · 612345678 · 1984-12-06 | Lucía / Serrano · 612345678 · 1984-06-12
Lucía / Serrano · 612345678 · 1984-12-06 | Lucía / Serrano · 612345678 · 1984-12-16
Chus / Domínguez Prieto · chus@correo.example | María Jesús / Domínguez Prieto · chus@correo.example
Concha / Velasco · 612345678 | Concepción / Velasco · 612345678
Conchi / Velasco Ortega · conchi@correo.example | Concepción / Velasco Ortega · conchi@correo.example
Pepe / Moreno Vidal · 612345678 | José / Moreno Vidal · 612345678
Nacho / Ferrer Coll · nferrer@correo.example | Ignacio / Ferrer Coll · nferrer@correo.example
Lola / Ibáñez · 612345678 · 1970-02-03 | Dolores / Ibáñez · 1970-02-03
Maite / Etxeberria · maite@correo.example | María Teresa / Etxeberria · maite@correo.example
Juanjo / Blanco Peña · 612345678 | Juan José / Blanco Peña · 612345678
Juanma / Castaño · jm@correo.example · 612345678 | Juan Manuel / Castaño · 612345678 · jm@correo.example
Chema / Lago · 612345678 · chema@correo.example | José María / Lago · chema@correo.example · 612345678
Charo / Molina · 612345678 | Rosario / Molina Cano · 612345678
Merche / Sanz · merche@correo.example | Mercedes / Sanz Gil · merche@correo.example
Quique / Roldán · 612345678 | Enrique / Roldán · 612345678
Fco. Javier / Glez. Fdez. · 612345678 | Francisco Javier / González Fernández · 612345678
Javi / Navarro Ríos · javi@correo.example | Francisco Javier / Navarro Ríos · javi@correo.example
Francesc / Puig Serra · 612345678 | Francisco / Puig Serra · 612345678
Xabier / Agirre Lasa · xa@correo.example · 612345678 | Javier / Aguirre Lasa · xa@correo.example · 612345678
Jordi / Vila Roca · jordi@correo.example · 612345678 | Jorge / Vila Roca · jordi@correo.example · 612345678
Beppe / Severgnini · +393331234567 · it | Giuseppe / Severgnini · 3331234567 · it
Gigi / Buffoni · gigi@posta.example · it | Luigi / Buffoni · gigi@posta.example · it
Pino / Daneluzzi · +393331234567 · it | Giuseppe / Daneluzzi · +393331234567 · it
Enzo / Ferrarotti · enzo@posta.example · it | Vincenzo / Ferrarotti · enzo@posta.example · it
Gianni / Rodari · gianni@posta.example · it | Giovanni / Rodari · gianni@posta.example · it
Maria Grazia / Cucinotta · mg@posta.example · it | Mariagrazia / Cucinotta · mg@posta.example · it
Giulia / De Santis · giulia@posta.example · it | Giulia / Desantis · giulia@posta.example · it
Giulia / D'Angelo · giulia@posta.example · it | Giulia / D Angelo · giulia@posta.example · it
Zé / Figueiredo · +351912345678 · pt | José / Figueiredo · +351912345678 · pt
Zé / Moutinho Silva · ze@correio.example · pt | José / Silva Moutinho · ze@correio.example · pt
Maria / Santos Figueira · mf@correio.example · +351912345678 · pt | Maria / Figueira Santos · mf@correio.example · +351912345678 · pt
Chico / Buarque · chico@correio.example · pt | Francisco / Buarque · chico@correio.example · pt
Tó / Lobo Antunes · +351912345678 · pt | António / Lobo Antunes · +351912345678 · pt
João / da Silva Neves · +351912345678 · jneves@correio.example · pt | João / Neves · +351912345678 · jneves@correio.example · pt
Bill / Hargreaves · bill@post.example · en | William / Hargreaves · bill@post.example · en
Liz / Thornberry · liz@post.example · en | Elizabeth / Thornberry · liz@post.example · en
Bob / Whitlam · +447812345678 · en | Robert / Whitlam · +447812345678 · en
Peggy / Ashworth · peggy@post.example · en | Margaret / Ashworth · peggy@post.example · en
Ana G. 🌸 · 612345678 | Ana / García Ruiz · 612345678
Ximena ✨ · 612345678 | Ximena / Urrutia · 612345678
JosÃ© Luis / PÃ©rez Soto · 612345678 | José Luis / Pérez Soto · 612345678
Raúl / Mu?oz Vega · 612345678 · raul@correo.example | Raúl / Muñoz Vega · raul@correo.example
ANA BELÉN / SORIA · ab@correo.example | Ana Belén / Soria · ab@correo.example
Begoña / Yagüe · bego@correo.example | Begona / Yague · bego@correo.example
Ximena / de la Fuente · xi@correo.example | Ximena / Fuente · xi@correo.example
Laura / Jiménez Oca · 612345678 | Laura / Giménez Oca · 612345678
Esther / Oca Prim · 612345678 | Ester / Oca Prim · 612345678
Gonzalo / Fernández Oca · 612345678 | Gonzlao / Fernández Oca · 612345678
Leonor / Quiroga · leonor@correo.example · 612345678 | Leonor / Quirgoa · leonor@correo.example · 612345678
Elena / Ruiz · elena.casada@correo.example · 612345678 · 1980-01-09 | Elena / Soler · elena.casada@correo.example · 612345678
Emma / Watkins · emma@post.example · +447812345678 · en | Emma / Fairweather · emma@post.example · +447812345678 · en
Юлия / Ковальска · yulia@post.example | Yuliya / Kovalska · yulia@post.example
Elisa / Prim Oca · 612345678 · 1990-01-01 | Elisa / Prim Oca · 612345678 · 1977-08-09
Elisa / Prim Oca · 612345678 · 1977-01-01 | Elisa / Prim Oca · 612345678 · 1977-08-09
Tomás / Prim Oca · TOMAS.PRIM@CORREO.EXAMPLE | Tomas / Prim · tomas.prim@correo.example
Ana / Prim · ana.prim@correo.example · 612345678 · 1992-04-11 | Ana / Prim · ana.prim@correo.example · 612345678 · 1992-04-29
Rocío / Abascal · 612345678 | Rocío / Abascal Moreno · 612345678
Rocío / Abascal · 612345678 | Abascal / Rocío · 612345678
Nerea / Lasa Goñi · nlasa9371@correo.example | Nerea / Lasa Goñi · nlasa9371@gmail.com
Inés / Costa Moura · +351912345678 · pt | Inés / Moura · +351912345678 · pt
Ainhoa / Prim · ainhoa+citas@correo.example · 612345678 | Ainhoa / Prim · ainhoa@correo.example · 612345678
"""

HOUSEHOLD = """
Ana / García · familia@correo.example | Luis / Pérez · familia@correo.example
Ana / García · 612345678 | Luis / Martín · 612345678
Carmen / López Vega · 612345678 · 1970-01-20 | Lucía / Ruiz López · 612345678 · 2008-05-06
Carmen / López · carmen@correo.example | Marcos / López · carmen@correo.example
Mario / Conti · +393331234567 · it | Maria / Conti · +393331234567 · it
Paolo / Conti · casa@posta.example · it | Paola / Conti · casa@posta.example · it
Eva / Ruiz Soler · 612345678 · 2010-01-05 | Luz / Ruiz Soler · 612345678 · 2010-01-05
Eva / Ruiz Soler · 2010-03-05 | Luz / Ruiz Soler · 2010-03-05
Hugo / Ruiz Soler · a@correo.example · 612345678 · 2010-03-05 | Leo / Ruiz Soler · a@correo.example · 612345678 · 2010-03-05
Antonio / Rossi · +393331234567 · 1950-03-04 · it | Antonio / Rossi · +393331234567 · 1982-07-09 · it
José / García López · 612345678 · 1951-03-04 | José / García Ruiz · 612345678 · 1979-11-30
John / Smith · smith@post.example · 1950-03-04 · en | John / Smith · smith@post.example · 1985-06-07 · en
Ana / Smith · smith+ana@gmail.com · en | Tom / Smith · smith+tom@gmail.com · en
Marta / Gil · 612345678 | Martín / Gil · 612345678
José María / Gil · 612345678 | María José / Gil · 612345678
José Luis / Gil · 612345678 | José Antonio / Gil · 612345678
María Carmen / Gil · 612345678 | María Jesús / Gil · 612345678
Daniel / Vidal · 612345678 | Daniela / Vidal · 612345678
Joana / Silva Reis · +351912345678 · pt | João / Silva Reis · +351912345678 · pt
Sofia / Reis · casa@correio.example · pt | Tiago / Moura · casa@correio.example · pt
Emily / Clark · home@post.example · +447812345678 · en | George / Clark · home@post.example · +447812345678 · en
Julia / Prim · 612345678 · julia@correo.example | Julio / Prim · 612345678 · julio@correo.example
Laura / Prim · 612345678 | Lorena / Prim · 612345678
Ángel / Prim · 612345678 | Ángela / Prim · 612345678
"""

OPEN = """
María / García | María / García
María / García López | María / García López
José / Pérez · jose1@correo.example | José / Pérez · otro@correo.example
Francisco / García | Paco / García
John / Smith · +447812345678 · en | John / Smith · +447899999999 · en
Ximena / Goikoetxea Urrutia | Ximena / Goikoetxea Urrutia
/ · 612345678 | Ana / García · 612345678
✨ · 612345678 | Ana / García · 612345678
. · a@correo.example | Ana / García · a@correo.example
Familia García · 612345678 | Ana / García · 612345678
Madre de Lucía · 612345678 | Lucía / Gil · 612345678
Ana y Luis · 612345678 | Ana / Gil · 612345678
Ana / Gil (hija) · 612345678 | Ana / Gil · 612345678
A. / Gil · 612345678 | Ana / Gil · 612345678
Antonio / García López · 612345678 | Antonio / García Ruiz · 612345678
María / López · 612345678 | María José / López · 612345678
Sandra / Gil · 612345678 | Alejandra / Gil · 612345678
Mariana / Gil · 612345678 | María / Gil · 612345678
Ana / Ruiz · 1980-05-06 | Ana / Soler · 1980-05-06
Ana / Ruiz · 1990-01-01 | Ana / Ruiz · 1990-01-01
Ana / Ruiz · 1975-01-01 | Ana / Ruiz · 1975-01-01
Luis / Ruiz · 612345678 · 1980-05-06 | Luis / Ruiz · 612345678 · 1985-11-12
Noa / Moreno · 655259683 · es | Noa / Serrano Moreno · 655259683 · es
Asunción / Pérez · 677001809 · es | Asunción / Hernández Pérez · 677001809 · 1973-07-16 · es
Umberto / Russo · umberto198888@posta.example · +393487455060 · 1988-07-12 · it | Umberto / Russo · urusso@posta.example · +393440109660 · 1988-07-12 · it
Laura / Turner · lauraturner88@gmail.com · en | Laura / Turner · laura_turner88@hotmail.com · en
Amanda / Lewis · lewis.a22@icloud.com · en | Amanda / Lewis · lewis.a22@gmail.com · en
Beatrice / Conte · beatrice19497@gmail.com · it | Beatrice / Conte · beatrice1947@gmail.com · it
John / White · venoli62@live.com · +447817695659 · en | John / White · moco14@outlook.com · +447817695659 · en
Ana / Ruiz · info@salon.example | Ana / Soler · info@salon.example
"""


def cases(text: str) -> list[tuple[ClientFacts, ClientFacts]]:
    """The pairs of a block, one to a line."""
    rows = (line.split("|") for line in text.strip().splitlines())
    return [(record(one), record(other)) for one, other in rows]
