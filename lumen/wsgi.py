"""The WSGI application for gunicorn: `gunicorn lumen.wsgi`."""

from django.core.wsgi import get_wsgi_application

from lumen.settings import select_environment

select_environment()
application = get_wsgi_application()
