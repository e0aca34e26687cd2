# One image for the app, the worker and the migration; compose.yaml says which command each runs.
FROM node:24.21.0-bookworm-slim AS base
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1

FROM base AS build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npx next build && rm -rf .next/cache

FROM base AS packages
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force

FROM base
ENV NODE_ENV=production
COPY --from=packages /app/node_modules ./node_modules
COPY package.json next.config.mjs tsconfig.json ./
COPY public ./public
COPY scripts ./scripts
COPY db ./db
COPY lib ./lib
COPY --from=build /app/.next ./.next
# Where Next keeps the prices; everything else is read only.
RUN mkdir -p .next/cache && chown node:node .next/cache
USER node
EXPOSE 3000
# Jobs have 20 seconds to end and requests 5 more: a host must wait at least 30 before it kills.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/api/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "node_modules/next/dist/bin/next", "start", "--hostname", "0.0.0.0", "--port", "3000"]
