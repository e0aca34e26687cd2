import "server-only";

export { AccountEndedError, changeWorkspace, lockedWorkspace } from "./change";
export { WorkspaceBusyError } from "./turns";
