export const messagePage = (_view: unknown): string => "message";
