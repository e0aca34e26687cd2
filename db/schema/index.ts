export * from "./api";
export * from "./auth";
export * from "./billing";
export * from "./emails";
export * from "./jobs";
export * from "./reconcile";
export * from "./usage";
export * from "./workspaces";
