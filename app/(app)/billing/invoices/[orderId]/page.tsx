import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { InvoiceMissing } from "@/components/billing/invoice-missing";
import { requireViewer } from "@/lib/auth";
import { findInvoice } from "@/lib/billing/invoice";

export const metadata: Metadata = { title: "Invoice", referrer: "no-referrer" };

export default async function InvoicePage({ params }: { params: Promise<{ orderId: string }> }) {
  const { orderId } = await params;
  const address = `/billing/invoices/${encodeURIComponent(orderId)}`;
  const invoice = await findInvoice(await requireViewer(address), orderId);
  if ("url" in invoice) redirect(invoice.url);
  if (invoice.missing === "unknown") notFound();
  return <InvoiceMissing reason={invoice.missing} address={address} />;
}
