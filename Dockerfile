# One image, three roles: web, worker, beat (docker-compose.yml says which command each runs).
FROM node:22.23.1-bookworm-slim AS client
WORKDIR /src/pwa
COPY pwa/package.json pwa/package-lock.json pwa/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY locale /src/locale
COPY docs/openapi.json /src/docs/openapi.json
COPY complaints/interview/steps.json /src/complaints/interview/steps.json
COPY complaints/bundle/verify/roots.json /src/complaints/bundle/verify/roots.json
COPY evidence/integrity/algorithms.json /src/evidence/integrity/algorithms.json
COPY pwa ./
RUN npm run build

FROM python:3.11.14-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    VAR_DIR=/data KEYS_DIR=/keys SCRATCH_DIR=/scratch FONT_DIR=/app/fonts
WORKDIR /app
COPY requirements/base.txt requirements/base.txt
RUN pip install --no-cache-dir --require-hashes --only-binary :all: --no-deps -r requirements/base.txt
COPY --from=client /src/pwa/node_modules/@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf \
     /src/pwa/node_modules/@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf \
     /src/pwa/node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf \
     /src/pwa/node_modules/@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf fonts/
COPY --from=client /src/pwa/dist pwa/dist
COPY --from=client /src/pwa/dist-check pwa/dist-check
COPY manage.py LICENSE THIRD_PARTY.md ./
COPY accounts accounts
COPY complaints complaints
COPY config config
COPY docs docs
COPY evidence evidence
COPY locale locale
RUN useradd --system --uid 10001 --home-dir /data liuzheng \
 && install -d -m 0700 -o liuzheng /data /keys /scratch
USER liuzheng
VOLUME ["/data", "/keys"]
EXPOSE 8000
CMD ["granian", "config.wsgi:application", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "8", "--workers-kill-timeout", "5", "--log-level", "warning", "--no-ws"]
