// Scripts and tests run outside Next, where every module is server-only.
export {};
