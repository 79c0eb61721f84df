# docker build -t digits .; docs/deploy.md says how to run it, as locked down as compose.yaml.
# The digest is that of python:3.11-slim (3.11.16, trixie), all architectures.
# A newer one: docker buildx imagetools inspect python:3.11-slim
FROM python:3.11-slim@sha256:e41613d42d4891e4930f79523f93f81bbc7632584ec65e36ab055f41a800b41e

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OMP_NUM_THREADS=1 \
    MPLCONFIGDIR=/tmp/matplotlib

RUN useradd --create-home --uid 1000 digits
WORKDIR /home/digits/app

COPY requirements.txt requirements.lock ./
RUN pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock

COPY app.py LICENSE ./
COPY deploy/healthcheck.py deploy/
COPY .streamlit .streamlit
COPY digits_app digits_app
RUN python -m compileall -q app.py digits_app

USER 1000
EXPOSE 8501
# It also ends an app that does not answer for a while, so that it is started again.
HEALTHCHECK --interval=10s --timeout=45s --start-period=60s \
    CMD ["python", "deploy/healthcheck.py"]
# exec form: the app itself gets the signal to stop.
CMD ["streamlit", "run", "app.py", "--server.port=8501", "--server.address=0.0.0.0"]
