/** Sets of faults that one tries often, as `PUT /_emulator/faults` takes them. */
export const PRESETS: readonly { name: string; label: string; about: string; settings: object }[] =
  [
    {
      name: "slow",
      label: "Slow API",
      about: "every answer takes one to three seconds",
      settings: { api: { latency_ms: 1000, latency_jitter_ms: 2000 } },
    },
    {
      name: "flaky",
      label: "Flaky API",
      about: "every fifth call is a 500",
      settings: { api: { fault: "error_500", share: 0.2 } },
    },
    {
      name: "down",
      label: "API down",
      about: "every call is a 503",
      settings: { api: { fault: "error_503" } },
    },
    {
      name: "limited",
      label: "Rate limited",
      about: "every call is a 429 that asks for 5 seconds",
      settings: { api: { fault: "rate_limit", retry_after: 5 } },
    },
    {
      name: "sandbox_limit",
      label: "Sandbox's limit",
      about: "100 calls a minute, as Polar's sandbox allows",
      settings: { api: { limit: "sandbox" } },
    },
    {
      name: "unanswered",
      label: "Lost answers",
      about: "of three calls in ten the work is done and the connection reset",
      settings: { api: { fault: "reset_before_answer", share: 0.3 } },
    },
    {
      name: "hold",
      label: "Hold webhooks",
      about: "none is sent until this ends",
      settings: { webhooks: { hold: true } },
    },
    {
      name: "disorder",
      label: "Disorder",
      about: "webhooks in any order, half of them twice",
      settings: { webhooks: { shuffle_ms: 3000, duplicate: 0.5 } },
    },
    {
      name: "losses",
      label: "Lost webhooks",
      about: "three in ten never come",
      settings: { webhooks: { drop_share: 0.3 } },
    },
    {
      name: "forged",
      label: "Bad signatures",
      about: "wrong signatures and old timestamps",
      settings: { webhooks: { bad_signature: 0.5, old_timestamp: 0.5 } },
    },
    {
      name: "future",
      label: "From the future",
      about: "types, values and fields that nobody knows",
      settings: { webhooks: { unknown_type: 0.5, unknown_enum: 0.5, unknown_field: 0.5 } },
    },
    {
      name: "bad_day",
      label: "A bad day",
      about: "some of everything",
      settings: {
        api: { fault: "error_503", share: 0.2, latency_ms: 100, latency_jitter_ms: 400 },
        webhooks: {
          shuffle_ms: 2000,
          duplicate: 0.3,
          timeout: 0.2,
          bad_signature: 0.2,
          old_timestamp: 0.1,
          unknown_type: 0.2,
          unknown_enum: 0.2,
          unknown_field: 0.2,
        },
      },
    },
  ];
