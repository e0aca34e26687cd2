import "server-only";

export { safeReturnPath } from "./return-path";
export { confirmLink } from "./sign-in-link";
export { getViewer, requireViewer, signInProviders, type Viewer } from "./viewer";
