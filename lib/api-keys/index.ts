import "server-only";

export { authenticate, type Caller } from "./authenticate";
export { type ApiKey, createApiKey, listApiKeys, mostKeys, revokeApiKey } from "./store";
