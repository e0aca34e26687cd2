import type { models } from "@polar-sh/sdk/2026-10";
import type { CustomerMeterDoc } from "../store/documents.ts";
import type { World } from "../world.ts";
import { serializeCustomer } from "./customer.ts";

/** Units that are left: what was credited less what was consumed. May be negative. */
export function meterBalance(meter: CustomerMeterDoc): number {
  return meter.credited_units - meter.consumed_units;
}

export function serializeCustomerMeter(
  world: World,
  meter: CustomerMeterDoc,
): models.CustomerMeter {
  return {
    id: meter.id,
    created_at: meter.created_at,
    modified_at: meter.modified_at,
    customer_id: meter.customer_id,
    meter_id: meter.meter_id,
    consumed_units: meter.consumed_units,
    credited_units: meter.credited_units,
    balance: meterBalance(meter),
    customer: serializeCustomer(world.customers.need(meter.customer_id)),
    meter: world.meters.need(meter.meter_id),
  };
}
