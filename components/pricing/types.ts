import type { ProductKey } from "@/lib/billing/catalog";
import type { ProductPrice } from "@/lib/billing/catalog-pricing";

export type Pricing = Readonly<Record<ProductKey, ProductPrice>>;
