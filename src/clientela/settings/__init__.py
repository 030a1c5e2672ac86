"""The composition of an installation: settings read from the environment, with safe defaults.

Every variable is documented in ``docs/reference/settings.md`` (a test compares the two).
Nothing here opens a network connection or writes, except that a missing secret key
is created once in the data folder, readable by its owner only.
"""

from __future__ import annotations

from pathlib import Path

from environs import Env

from clientela.platform.database import database_settings
from clientela.platform.logs import logging_settings
from clientela.settings.mail_providers import anymail_settings, mail_provider, news_are_guarded
from clientela.settings.providers import social_providers
from clientela.settings.secret import secret_key

env = Env()

# --- What kind of installation this is -------------------------------------------------
DEMO = env.bool("CLIENTELA_DEMO", False)
DEBUG = env.bool("CLIENTELA_DEBUG", False)
TESTING = False
DATA_DIR = Path(env.str("CLIENTELA_DATA", "var")).resolve()
CLIENTELA_NOW = env.str("CLIENTELA_NOW", "")
SECRET_KEY = secret_key(given=env.str("CLIENTELA_SECRET_KEY", ""), data_dir=DATA_DIR)
SECRET_KEY_FALLBACKS: list[str] = env.list("CLIENTELA_SECRET_KEY_FALLBACKS", [])

# --- Where it answers --------------------------------------------------------------------
# Links in mails are built from this address and never from a request's Host header.
PUBLIC_URL = env.str("CLIENTELA_URL", "http://127.0.0.1:8000").rstrip("/")
SECURE = PUBLIC_URL.startswith("https://")
_host = PUBLIC_URL.split("://", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0]
ALLOWED_HOSTS = env.list("CLIENTELA_HOSTS", sorted({_host, "127.0.0.1", "localhost"}))
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
# How many proxies in front may be believed about the client's address (0: none).
TRUSTED_PROXIES = env.int("CLIENTELA_TRUSTED_PROXIES", 0)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_SSL_REDIRECT = SECURE and not DEMO
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600

# --- Apps: the storeys, bottom up ---------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",  # the widget templates that FORM_RENDERER looks for
    "template_partials",
    "clientela.web.sign_in",  # both before allauth: its templates are ours
    "clientela.web.security",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.facebook",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "clientela.platform",
    "clientela.accounts",
    "clientela.business",
    "clientela.people",
    "clientela.conversations",
    "clientela.catalogue",
    "clientela.schedule",
    "clientela.ledger",
    "clientela.booking",
    "clientela.checkout",
    "clientela.payouts",
    "clientela.support",
    "clientela.notify",
    "clientela.integrations",
    "clientela.api",
    "clientela.web.design",
    "clientela.web.picker",
    "clientela.web.booking_page",
    "clientela.web.visit",
    "clientela.web.why",
    "clientela.web.portal",
    "clientela.web.client",
    "clientela.web.balance",
    "clientela.web.pay",
    "clientela.web.hooks",
    "clientela.web.leaving",
    "clientela.web.installable",
    "clientela.web.desk",
    "clientela.web.desk.sales",
    "clientela.web.desk.reports",
    "clientela.web.desk.absorbing",
    "clientela.web.desk.diagnosis",
    "clientela.web.desk.duplicates",
    "clientela.web.desk.waiting_list",
    "clientela.web.desk.messages",
    "clientela.web.desk.payouts",
    "clientela.web.desk.settings",
    "clientela.web.help",
    "clientela.web.chat",
    "clientela.web.setup",
    "clientela.web.simulator",
    "clientela.web.operator",
    "clientela.web.support_desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clientela.platform.logs.RequestLogMiddleware",
    "csp.middleware.CSPMiddleware",
    "clientela.web.installable.sign_out.ForgetOnSignOut",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clientela.web.sign_in.session_age.SessionAge",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "clientela.api.plain_errors.PlainErrors",
    "clientela.policy.gate.PolicyGate",
]
ROOT_URLCONF = "clientela.urls"
WSGI_APPLICATION = "clientela.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "clientela.web.chat.button.support_url",
            ],
        },
    },
]

# --- Database: one set of migrations, two engines -----------------------------------------
DATABASES = {
    "default": database_settings(
        env.str("CLIENTELA_DATABASE_URL", ""), default_path=DATA_DIR / "clientela.sqlite3"
    )
}

# --- Accounts --------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "clientela.accounts.hashers.Argon2",
    "clientela.accounts.hashers.Pbkdf2",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "clientela.web.sign_in.password_check.PasswordCheck"}]
PASSWORD_RESET_TIMEOUT = 6 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/client/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 8  # the account itself ends after seven, exactly
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "clientela.web.sign_in.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "clientela.web.sign_in.forms.LoginForm",
    "reset_password": "clientela.web.sign_in.forms.ResetPasswordForm",
    "reset_password_from_key": "clientela.web.sign_in.forms.ResetPasswordKeyForm",
    "change_password": "clientela.web.sign_in.forms.ChangePasswordForm",
    "set_password": "clientela.web.sign_in.forms.SetPasswordForm",
    "reauthenticate": "clientela.web.sign_in.forms.ReauthenticateForm",
    "request_login_code": "clientela.web.sign_in.forms.RequestLoginCodeForm",
    "confirm_login_code": "clientela.web.sign_in.forms.ConfirmLoginCodeForm",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_TRUSTED_CLIENT_IP_HEADER = None
# allauth counts these in the cache, where parallel tries race past it; `web.guess_limits` counts them instead.
ACCOUNT_RATE_LIMITS = dict.fromkeys(
    ("login", "login_failed", "request_login_code", "reset_password", "signup", "reauthenticate")
)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# --- Other ways in: app codes, passkeys, accounts elsewhere (web/security) ---------------------
PASSKEYS = env.bool("CLIENTELA_PASSKEYS", True)
MFA_ADAPTER = "clientela.web.security.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_TOTP_TOLERANCE = 1  # half a minute of clock skew either way; a code counts once (forms)
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey stands for two factors, so it must have asked for a finger, a face or a PIN.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_FORMS = {
    "authenticate": "clientela.web.security.forms.AppCodeForm",
    "reauthenticate": "clientela.web.security.forms.AppCodeAgainForm",
    "activate_totp": "clientela.web.security.forms.ActivateForm",
    "authenticate_webauthn": "clientela.web.security.forms.PasskeyStepForm",
    "reauthenticate_webauthn": "clientela.web.security.forms.PasskeyAgainForm",
    "login_webauthn": "clientela.web.security.forms.PasskeyLoginForm",
    "add_webauthn": "clientela.web.security.forms.AddPasskeyForm",
    "edit_webauthn": "clientela.web.security.forms.RenamePasskeyForm",
}
SOCIAL_PROVIDERS = social_providers(env)
SOCIALACCOUNT_ADAPTER = "clientela.web.security.providers.adapter.SocialAdapter"
SOCIALACCOUNT_FORMS = {"signup": "clientela.web.security.providers.address_form.AddressForm"}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"provider_class": "clientela.web.security.providers.oidc.OidcProvider"},
    "facebook": {"provider_class": "clientela.web.security.providers.facebook.Facebook"},
}

# How many days a business that was given up can be opened again before its clients' data go.
ERASURE_GRACE = env.int("CLIENTELA_ERASURE_GRACE_DAYS", 30)

# --- Languages, times --------------------------------------------------------------------------
LANGUAGE_CODE = env.str("CLIENTELA_LANGUAGE", "en")
LANGUAGES = [("en", "English"), ("es", "Español"), ("it", "Italiano")]
LOCALE_PATHS = sorted(
    str(path) for path in Path(__file__).resolve().parent.parent.glob("**/locale") if path.is_dir()
)
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Static files -------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("CLIENTELA_STATIC", str(DATA_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = DATA_DIR / "media"
ERASURE_LIST = DATA_DIR / "erasures.txt"

# --- Content security: nothing inline, nothing foreign ----------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- Mail -----------------------------------------------------------------------------------------
# "provider": by the API of one of settings/mail_providers.py. "simulator" keeps every mail in the database and
# shows it at /simulator/; demo and tests only.
MAIL_CHANNEL = env.str("CLIENTELA_MAIL", "simulator" if DEMO else "smtp")
EMAIL_HOST = env.str("CLIENTELA_SMTP_HOST", "127.0.0.1")
EMAIL_PORT = env.int("CLIENTELA_SMTP_PORT", 25)
EMAIL_HOST_USER = env.str("CLIENTELA_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.str("CLIENTELA_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.bool("CLIENTELA_SMTP_STARTTLS", False)
EMAIL_USE_SSL = env.bool("CLIENTELA_SMTP_TLS", False)
EMAIL_TIMEOUT = 20
MAIL_PROVIDER = mail_provider(env)
ANYMAIL = anymail_settings(env, MAIL_PROVIDER)
MAIL_NEWS_ARE_GUARDED = news_are_guarded(ANYMAIL, MAIL_PROVIDER)
DEFAULT_FROM_EMAIL = env.str("CLIENTELA_MAIL_FROM", f"bookings@{_host}")
MAIL_DKIM_SELECTORS: list[str] = env.list("CLIENTELA_MAIL_DKIM_SELECTORS", [])

# --- Notices on devices (web push) -----------------------------------------------------------------
# "simulator" shows them at /simulator/pushes/ instead of sending them; demo and tests only.
PUSH_CHANNEL = env.str("CLIENTELA_PUSH", "simulator" if DEMO else "web")
PUSH_SERVICES: list[str] = env.list("CLIENTELA_PUSH_SERVICES", [])

# --- Shared state between processes ------------------------------------------------------------
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "platform_cache",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
LOGGING_CONFIG = None
LOGGING = logging_settings(json=not (DEBUG or DEMO))
SILENCED_SYSTEM_CHECKS: list[str] = []
