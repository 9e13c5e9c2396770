"""The WSGI application for gunicorn: `gunicorn lumen.wsgi`."""

from django.core.wsgi import get_wsgi_application

from lumen.settings import select_environment

select_environment()
application = get_wsgi_application()

# They need the settings and the models, so not before.
from lumen.web_process import prepare  # noqa: E402

prepare()
