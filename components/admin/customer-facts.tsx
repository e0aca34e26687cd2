import { Facts } from "@/components/admin/facts";
import { Moment } from "@/components/admin/moment";
import { formatUnits } from "@/components/format/counts";
import { Card } from "@/components/ui/card";
import type { Customer } from "@/lib/admin/customer";
import { featureLabels, planOf } from "@/lib/billing/catalog";

function Deletion({ deletion }: Pick<Customer, "deletion">) {
  if (!deletion) return null;
  return deletion.anonymizedAt ? (
    <>
      Deleted on <Moment value={deletion.anonymizedAt} />
    </>
  ) : (
    <>
      Being deleted since <Moment value={deletion.requestedAt} />
    </>
  );
}

function planWords({ entitlement }: Customer): string {
  const plan = planOf(entitlement.plan).name;
  return entitlement.status === "none"
    ? plan
    : `${plan}, ${entitlement.status.replaceAll("_", " ")}`;
}

/** Who they are, and what they may do now. */
export function CustomerFacts({ customer, now }: { customer: Customer; now: Date }) {
  const { user, deletion, polarCustomers, entitlement, usage, keys } = customer;
  const working = keys.filter(
    ({ revokedAt, expiresAt }) => !revokedAt && !(expiresAt && expiresAt <= now),
  );
  return (
    <Card>
      <Facts
        facts={{
          Name: user?.name,
          Account: deletion ? <Deletion deletion={deletion} /> : null,
          Since: user ? <Moment value={user.createdAt} /> : null,
          "Address verified": user ? (
            user.emailVerified ? (
              <Moment value={user.emailVerified} />
            ) : (
              "No"
            )
          ) : null,
          Workspace: <code>{customer.workspaceId}</code>,
          "At Polar": polarCustomers.map(({ id, email }) => (
            <p key={id}>
              <code>{id}</code>
              {email && email !== user?.email ? ` (${email})` : null}
            </p>
          )),
          Plan: planWords(customer),
          "Payment missed": entitlement.graceEndsAt ? (
            <>
              Grace until <Moment value={entitlement.graceEndsAt} />
            </>
          ) : null,
          Features: entitlement.features.map((feature) => featureLabels[feature]).join(", "),
          Included: `${formatUnits(entitlement.monthlyUnits)} a month, ${formatUnits(entitlement.extraUnits)} extra`,
          Used: `${formatUnits(usage.used)}, ${formatUnits(usage.remaining)} left, ${formatUnits(usage.overageUnits)} beyond`,
          "API keys": `${working.length} of ${keys.length} work`,
        }}
      />
    </Card>
  );
}
