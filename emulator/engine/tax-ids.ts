import { invalidValue, notEmulated } from "../http/errors.ts";
import type { CustomerDoc, TaxId } from "../store/documents.ts";

/** How the numbers for value-added tax of the European Union look, after the country's letters. */
const EU: Record<string, RegExp> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  ES: /^[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^\d{8}$/,
  FR: /^[A-Z0-9]{2}\d{9}$/,
  GR: /^\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^\d[A-Z0-9+*]\d{5}[A-Z]{1,2}$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^\d{9}B\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{12}$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
};

/** The same elsewhere, with the format's name. */
const OTHERS: Record<string, [pattern: RegExp, format: string]> = {
  AU: [/^\d{11}$/, "au_abn"],
  BR: [/^\d{14}$/, "br_cnpj"],
  CA: [/^\d{9}RT\d{4}$/, "ca_gst_hst"],
  CH: [/^CHE\d{9}$/, "ch_uid"],
  GB: [/^(GB)?(\d{9}|\d{12})$/, "gb_vat"],
  IN: [/^\d{2}[A-Z0-9]{13}$/, "in_gst"],
  JP: [/^\d{13}$/, "jp_cn"],
  NO: [/^(NO)?\d{9}(MVA)?$/, "no_vat"],
  NZ: [/^\d{8,9}$/, "nz_gst"],
  SG: [/^[A-Z0-9]{9,10}$/, "sg_uen"],
  US: [/^\d{9}$/, "us_ein"],
};

/**
 * Reads a tax number of a country, without its spaces, dots and hyphens. Its form is checked, not its
 * check digits.
 *
 * @param prefix what its field and that of the address begin with
 * @throws ApiError 422 when it has another form, or without a country
 */
export function readTaxId(number: string, country: string | undefined, prefix = ""): TaxId {
  if (!country)
    throw invalidValue(
      ["body", `${prefix}billing_address`],
      "Country is required to validate tax ID.",
      null,
      "missing",
    );
  const compact = number.toUpperCase().replace(/[\s.-]/g, "");
  const european = EU[country];
  if (european) {
    const prefix = country === "GR" ? "EL" : country;
    const rest = compact.startsWith(prefix) ? compact.slice(prefix.length) : compact;
    if (european.test(rest)) return [`${prefix}${rest}`, "eu_vat"];
  } else {
    const [pattern, format] = OTHERS[country] ?? [];
    if (!pattern || !format) throw notEmulated(`tax numbers of ${country}`);
    if (pattern.test(compact)) return [compact, format];
  }
  throw invalidValue(
    ["body", `${prefix}tax_id`],
    "Invalid tax ID.",
    number,
    prefix ? "value_error" : "invalid",
  );
}

/**
 * The tax number after an update: a new one, none, or the old one, which a new country has to take.
 * `undefined` leaves it as it is.
 */
export function nextTaxId(
  customer: Pick<CustomerDoc, "tax_id" | "billing_address">,
  wanted: {
    tax_id?: string | null | undefined;
    billing_address?: CustomerDoc["billing_address"] | undefined;
  },
): TaxId | null | undefined {
  if (wanted.tax_id === null || wanted.tax_id === "") return null;
  const country = (wanted.billing_address ?? customer.billing_address)?.country;
  if (wanted.tax_id) return readTaxId(wanted.tax_id, country);
  return wanted.billing_address && customer.tax_id
    ? readTaxId(customer.tax_id[0], country)
    : undefined;
}
