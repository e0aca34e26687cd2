import { notFound } from "../../http/errors.ts";
import { fixedPriceText } from "../../pages/parts/prices.ts";
import { serializeProduct } from "../../serializers/product.ts";
import type { ProductDoc } from "../../store/documents.ts";
import { type Console, type Outcome, type Section, unknownAction } from "../context.ts";
import { actionBar, actionButton } from "../parts/actions.ts";
import { objectLink } from "../parts/links.ts";
import { type Listing, listView, related } from "../parts/list.ts";
import { objectView } from "../parts/page.ts";
import { facts, jsonPanel, momentText, pill } from "../parts/text.ts";
import { subscriptions } from "./subscriptions.ts";

function statusOf({ is_archived }: ProductDoc) {
  return is_archived ? pill("archived", "plain") : pill("on sale", "good");
}

const products: Listing<ProductDoc> = {
  path: "products",
  title: "Products",
  noun: "products",
  all: (world) => world.products.all(),
  text: (_world, { name, description }) => [name, description],
  columns: (world) => [
    { head: "Name", cell: ({ id, name }) => objectLink("products", id, name) },
    {
      head: "Price",
      cell: (product) => fixedPriceText(serializeProduct(world, product).prices, product),
    },
    { head: "Status", cell: statusOf },
    { head: "Created", wide: true, cell: ({ created_at }) => momentText(created_at) },
  ],
};

function show(context: Console, id: string) {
  const { world } = context;
  const product = world.products.get(id);
  if (!product) return null;
  const here = `/console/products/${id}`;
  return objectView({
    title: product.name,
    id,
    kind: "Product",
    status: statusOf(product),
    actions: actionBar([
      !product.is_archived &&
        actionButton(here, { name: "checkout", label: "New checkout", tone: "primary" }),
      product.is_archived
        ? actionButton(here, { name: "unarchive", label: "Put on sale again" })
        : actionButton(here, { name: "archive", label: "Archive", tone: "danger" }),
    ]),
    facts: facts([
      ["Price", fixedPriceText(serializeProduct(world, product).prices, product)],
      ["Description", product.description],
      ["Benefits", String(product.benefit_ids.length)],
      ["Created", momentText(product.created_at)],
    ]),
    parts: [
      related(
        world,
        subscriptions,
        world.subscriptions.where("product_id", id),
        "Amount",
        `q=${encodeURIComponent(product.name)}`,
      ),
    ],
    source: jsonPanel("As the API shows it", context.call("GET", `/v1/products/${id}`)),
  });
}

function act(context: Console, id: string | null, form: URLSearchParams): Outcome {
  const product = context.world.products.get(id);
  if (!product) throw notFound();
  switch (form.get("action")) {
    case "checkout":
      return {
        text: "",
        href: context.callFor("url", "POST", "/v1/checkouts", { products: [product.id] }),
      };
    case "archive":
      context.call("PATCH", `/v1/products/${product.id}`, { is_archived: true });
      return { text: "It is not for sale any more; who has it keeps it." };
    case "unarchive":
      context.call("PATCH", `/v1/products/${product.id}`, { is_archived: false });
      return { text: "It is on sale again." };
    default:
      throw unknownAction();
  }
}

export const productsSection: Section = {
  path: "products",
  title: "Products",
  list: ({ world }, query) => listView(world, products, query),
  show,
  act,
};
