export const invoicePage = (_view: unknown): string => "invoice";
