export * from "./auth";
export * from "./billing";
export * from "./emails";
export * from "./usage";
export * from "./workspaces";
