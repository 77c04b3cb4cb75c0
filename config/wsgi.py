"""The entrance for the web server."""

import os

from django.core.wsgi import get_wsgi_application

from accounts.stack import roomy

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = roomy(get_wsgi_application())
