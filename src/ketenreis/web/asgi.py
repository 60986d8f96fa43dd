"""The environment as an ASGI application."""

import os
import warnings

from django.core.asgi import get_asgi_application

# WhiteNoise streams its few small files to us from a thread; Django would rather have them otherwise, and says so each time.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ketenreis.web.settings")
application = get_asgi_application()
