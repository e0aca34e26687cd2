/** What a fork renames first. */
export const site = {
  name: "Northstar",
  description: "Make QR codes that scan the first time, and download them ready for print.",
  supportEmail: "support@example.com",
} as const;
