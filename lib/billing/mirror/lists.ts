import "server-only";
import { findCustomer, isInvalid, isNotFound, observed, polar } from "@/lib/polar";
import type { MirrorKind } from "./rows";

const limit = 100;

type Listed = { items: unknown[]; pagination: { max_page: number } };

/** A page of Polar's list of a kind, and a moment not after Polar read it (ISO 8601, UTC). */
export type ListedPage = { items: unknown[]; pages: number; observedAt: string };

type Source = {
  /** Of everything, or of one workspace's; earliest first, so that what is new cannot move what is not. */
  list: (page: number, workspaceId: string | null) => Promise<Listed>;
  /** Asks for one object; absent where Polar's API cannot. */
  get?: (id: string) => Promise<unknown>;
};

const of = (workspaceId: string | null) =>
  workspaceId === null ? {} : { external_customer_id: workspaceId };
const sorting: "created_at"[] = ["created_at"];

/** Polar's list of customers has no filter by external id. */
async function listCustomers(page: number, workspaceId: string | null): Promise<Listed> {
  if (workspaceId === null) return await polar().customers.list({ page, limit, sorting });
  const customer = await findCustomer(workspaceId);
  return customer
    ? { items: [customer], pagination: { max_page: 1 } }
    : { items: [], pagination: { max_page: 0 } };
}

async function listProducts(page: number, workspaceId: string | null): Promise<Listed> {
  if (workspaceId !== null) return { items: [], pagination: { max_page: 0 } };
  return await polar().products.list({ page, limit, sorting });
}

/** Where Polar keeps each kind. In this order, customers first: they say whose the rest is. */
const sources: Record<MirrorKind, Source> = {
  product: { list: listProducts, get: (id) => polar().products.get(id) },
  customer: { list: listCustomers, get: (id) => polar().customers.get(id) },
  subscription: {
    list: (page, whose) =>
      polar().subscriptions.list({ ...of(whose), page, limit, sorting: ["started_at"] }),
    get: (id) => polar().subscriptions.get(id),
  },
  order: {
    list: (page, whose) => polar().orders.list({ ...of(whose), page, limit, sorting }),
    get: (id) => polar().orders.get(id),
  },
  refund: {
    list: (page, whose) => polar().refunds.list({ ...of(whose), page, limit, sorting }),
  },
  benefit_grant: {
    list: (page, whose) => polar().benefitGrants.list({ ...of(whose), page, limit, sorting }),
  },
  customer_meter: {
    list: (page, whose) => polar().customerMeters.list({ ...of(whose), page, limit, sorting }),
    get: (id) => polar().customerMeters.get(id),
  },
  checkout: {
    list: (page, whose) => polar().checkouts.list({ ...of(whose), page, limit, sorting }),
    get: (id) => polar().checkouts.get(id),
  },
};

export const kindsInOrder = Object.keys(sources) as MirrorKind[];

/** Reads a page of Polar's list of `kind`: of everything, or of one workspace. */
export async function readPage(
  kind: MirrorKind,
  page: number,
  workspaceId: string | null,
): Promise<ListedPage> {
  const { value, observedAt } = await observed(() => sources[kind].list(page, workspaceId));
  return { items: value.items, pages: value.pagination.max_page, observedAt };
}

/** Whether Polar can be asked for one object of this kind. */
export function canBeAsked(kind: MirrorKind): boolean {
  return sources[kind].get !== undefined;
}

/**
 * Polar's object; null when Polar answers that there is none (404), `"refused"` when Polar takes the id for
 * none (422): such a row is not Polar's, but that is no word from Polar about it.
 */
export async function readOne(
  kind: MirrorKind,
  id: string,
): Promise<{ data: unknown; observedAt: string }> {
  const { value, observedAt } = await observed(async () => {
    try {
      return (await sources[kind].get?.(id)) ?? null;
    } catch (error) {
      if (isNotFound(error)) return null;
      if (isInvalid(error)) return "refused";
      throw error;
    }
  });
  return { data: value, observedAt };
}
