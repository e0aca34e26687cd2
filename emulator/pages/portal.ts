export const portalPage = (_view: unknown): string => "portal";
