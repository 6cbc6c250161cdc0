"""Settings: what a site may set is in the environment (CONGTAM_…, DATABASE_URL), everything else is stated here."""

import os
from pathlib import Path

from congtam.web.environment import database, identity_provider, listed, origin_of, secret_key, site_folder, smtp
from congtam.web.pages.machine.logs import logging_settings

BASE = Path(__file__).resolve().parent
SITE = site_folder()

DEBUG = False
SECRET_KEY = secret_key(SITE)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *listed("CONGTAM_HOSTS")]  # this machine watches the site by itself
CSRF_TRUSTED_ORIGINS = listed("CONGTAM_ORIGINS")
ADDRESS = next(iter(CSRF_TRUSTED_ORIGINS), "").rstrip("/")  # with which links in what leaves the site begin
FORCE_SCRIPT_NAME = os.environ.get("CONGTAM_PATH", "").rstrip("/") or None  # behind a proxy, under a sub-path
DEMO = os.environ.get("CONGTAM_DEMO", "") == "1"  # every page says DỮ LIỆU MẪU
PROXY = os.environ.get("CONGTAM_PROXY", "") == "1"  # a proxy in front says in X-Forwarded-For who asks
SECURE = os.environ.get("CONGTAM_HTTPS", "") == "1"  # a proxy in front speaks HTTPS

INSTALLED_APPS = [
    "congtam.history",
    "congtam.audit",
    "congtam.orgs",
    "congtam.people",
    "congtam.access",
    "congtam.registry",
    "congtam.calendars",
    "congtam.sources",
    "congtam.work",
    "congtam.evidence",
    "congtam.documents",
    "congtam.desk",
    "congtam.registers",
    "congtam.exemptions",
    "congtam.meetings",
    "congtam.intake",
    "congtam.ratings",
    "congtam.scores",
    "congtam.cycles",
    "congtam.marking",
    "congtam.calibration",
    "congtam.objections",
    "congtam.reward",
    "congtam.closing",
    "congtam.retention",
    "congtam.notices",
    "congtam.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "congtam.web.pages.machine.watching.WatchingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # random padding and masked tokens answer BREACH
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "congtam.web.middleware.SeatMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "congtam.web.urls"
WSGI_APPLICATION = "congtam.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "congtam.web.context.page",
            ],
            "builtins": ["congtam.web.components.tags"],
            "libraries": {one.stem: f"congtam.web.components.{one.stem}" for one in BASE.glob("components/*_tags.py")},
        },
    }
]

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "congtam.web.backends.SignIn",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"congtam.web.passwords.{name}"} for name in ("LongEnough", "NotCommon", "NotOnesName")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "congtam.web.accounts.Adapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": None}  # an office has one address; axes locks names
ALLAUTH_TRUSTED_PROXY_COUNT = int(PROXY)
ACCOUNT_FORMS = {
    "login": "congtam.web.pages.accounts.forms.SignInForm",
    "change_password": "congtam.web.pages.accounts.forms.ChangePasswordForm",
    "reauthenticate": "congtam.web.pages.accounts.forms.ReauthenticateForm",
}
MFA_ADAPTER = "congtam.web.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Công Tâm"
MFA_FORMS = {
    "authenticate": "congtam.web.pages.accounts.forms.CodeForm",
    "reauthenticate": "congtam.web.pages.accounts.forms.CodeAgainForm",
    "activate_totp": "congtam.web.pages.accounts.forms.SetUpForm",
}
IDENTITY_PROVIDER = identity_provider()
SOCIALACCOUNT_ADAPTER = "congtam.web.accounts.SocialAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": IDENTITY_PROVIDER} if IDENTITY_PROVIDER else {}
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""  # tai-khoan/chung/co-quan/login/
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_CLIENT_IP_CALLABLE = "congtam.web.addresses.client_address"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "congtam.web.pages.accounts.views.locked"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # the audit tells who signed in
AXES_VERBOSE = False

CSRF_FAILURE_VIEW = "congtam.web.pages.accounts.views.stale_form"
SESSION_ENGINE = "congtam.web.sessions"
SESSION_COOKIE_AGE = 10 * 3600  # a working day
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"{FORCE_SCRIPT_NAME or ''}/"  # the neighbours on the same name get no cookie
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a cookie of theirs knows no path
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'", *origin_of(IDENTITY_PROVIDER)],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
    }
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
USE_I18N = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = f"{FORCE_SCRIPT_NAME or ''}/static/"
STATIC_ROOT = SITE / "static"
STATICFILES_DIRS = [BASE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": SITE / "files"}},
    "staticfiles": {"BACKEND": "congtam.web.static_files.StaticFiles"},
}
WHITENOISE_USE_FINDERS = True  # also before the files were collected
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # a password is reset by the administrator, in person
SMTP = smtp(os.environ.get("CONGTAM_SMTP_URL", ""))  # digests alone go by mail
WEBHOOK_PRIVATE = os.environ.get("CONGTAM_WEBHOOK_PRIVATE", "") == "1"  # counts may go to addresses inside
PROCRASTINATE_ON_APP_READY = None

LOGGING = logging_settings(os.environ.get("CONGTAM_LOG_LEVEL", "INFO"))
LOGGING_CONFIG = "congtam.web.pages.machine.logs.configure"
TRUST = Path(os.environ.get("CONGTAM_TRUST") or SITE / "trust")  # roots of signatures, as PEM files
FONTS = Path(os.environ.get("CONGTAM_FONTS") or SITE / "fonts")  # of papers, beside those of the machine
TSA = os.environ.get("CONGTAM_TSA", "")  # who stamps the time of signatures (RFC 3161); none: no time stamp
TOKEN = os.environ.get("CONGTAM_TOKEN", "")  # a key at the server: the module of PKCS#11, a colon, the token's label
METRICS_TOKEN = os.environ.get("CONGTAM_METRICS_TOKEN", "")
