/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  // The badge would lie on "Sign out" and on the ends of phone pages; errors show without it.
  devIndicators: false,
  allowedDevOrigins: ["127.0.0.1", "localhost"],
  serverExternalPackages: [
    "@sentry/core",
    "graphile-worker",
    "@opentelemetry/api",
    "@opentelemetry/context-async-hooks",
    "@opentelemetry/core",
    "@opentelemetry/exporter-trace-otlp-http",
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace",
    "pino",
    "prom-client",
    "nodemailer",
    "@react-email/render",
  ],
  // The development server prints whole addresses, and these hold a token, a code or a checkout.
  logging: {
    // A browser's complaint about a page shows that page's fields, a sign-in token among them.
    browserToTerminal: false,
    incomingRequests: {
      ignore: [
        /^\/sign-in\/confirm\b/,
        /^\/api\/auth\/callback\b/,
        /^\/checkout\/success\b/,
        // Asked by programs, over and over, the start of development among them.
        /^\/api\/health\b/,
      ],
    },
  },
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "x-content-type-options", value: "nosniff" },
        { key: "x-frame-options", value: "DENY" },
        { key: "referrer-policy", value: "strict-origin-when-cross-origin" },
        {
          key: "permissions-policy",
          value: "camera=(), microphone=(), geolocation=(), payment=()",
        },
        { key: "cross-origin-opener-policy", value: "same-origin" },
        { key: "strict-transport-security", value: "max-age=63072000; includeSubDomains" },
      ],
    },
    // The address holds a token. Under "no-referrer" the page's form would hide that it is our own.
    { source: "/sign-in/confirm", headers: [{ key: "referrer-policy", value: "strict-origin" }] },
  ],
};
