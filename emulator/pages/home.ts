export const homePage = (_url: string): string => "home";
