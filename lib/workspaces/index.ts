import "server-only";

export { AccountEndedError, changeWorkspace } from "./change";
