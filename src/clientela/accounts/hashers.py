"""How passwords are hashed: each in the one spelling of ``rules.password_rule.as_kept``.

Here and not in the forms: whatever sets or checks a password passes by, so no two doors can disagree.
"""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher

from clientela.rules.password_rule import as_kept


class Argon2(Argon2PasswordHasher):
    """Argon2, of the kept spelling."""

    def encode(self, password: str, salt: str) -> str:
        """Hash."""
        return str(super().encode(as_kept(password), salt))

    def verify(self, password: str, encoded: str) -> bool:
        """Compare."""
        return bool(super().verify(as_kept(password), encoded))


class Pbkdf2(PBKDF2PasswordHasher):
    """For hashes that were made elsewhere; the next sign-in makes them anew with Argon2."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        """Hash; comparing goes through here as well."""
        return str(super().encode(as_kept(password), salt, iterations))
