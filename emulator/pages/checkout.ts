export const checkoutPage = (_view: unknown): string => "checkout";
