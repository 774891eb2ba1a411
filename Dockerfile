# The gateway for a server that has PostgreSQL: set DATABASE_URL. Runs as an ordinary user; everything it keeps is in /data.

FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image brings Node itself, so the package that would fetch another one runs no install script.
RUN npm ci --ignore-scripts
COPY prisma prisma
COPY prisma.config.ts ./
# The generator looks for an engine program that it does not use; any program will do.
RUN PRISMA_SCHEMA_ENGINE_BINARY=/bin/true CHECKPOINT_DISABLE=1 node node_modules/prisma/build/index.js generate

FROM node:26-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Prisma's command line is a peer, the embedded PostgreSQL is optional: 300 MB that a server with a database has no use for.
RUN npm ci --omit=dev --omit=peer --omit=optional --ignore-scripts && npm cache clean --force
COPY prisma prisma
COPY templates templates
COPY src src
COPY --from=build /app/src/store/generated src/store/generated
RUN install -d -o node -g node /data
USER node
WORKDIR /data
VOLUME /data
EXPOSE 8025
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8025/readyz').then(answer => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# The flags are those of scripts/node-flags.mjs, which says why.
CMD ["node", "--disable-warning=ExperimentalWarning", "--max-old-space-size=1024", "--max-semi-space-size=8", "/app/src/main.ts"]
