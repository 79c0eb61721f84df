# docker build -t digits . && docker run --rm -p 8501:8501 digits
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    OMP_NUM_THREADS=1 \
    MALLOC_ARENA_MAX=2 \
    MPLCONFIGDIR=/tmp/matplotlib

RUN useradd --create-home --uid 1000 digits
WORKDIR /home/digits/app

COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt

COPY app.py LICENSE ./
COPY .streamlit .streamlit
COPY digits_app digits_app
RUN python -m compileall -q app.py digits_app

USER digits
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=2)"]
# exec form: the app itself gets the signal to stop.
CMD ["streamlit", "run", "app.py", "--server.port=8501", "--server.address=0.0.0.0"]
