import { notFound } from "../http/errors.ts";
import { among, filterBy } from "../http/filters.ts";
import { paginate, sort } from "../http/pagination.ts";
import type { Routes } from "../http/router.ts";
import { string, uuid } from "../http/schema.ts";
import { meterBalance, serializeCustomerMeter } from "../serializers/customer-meter.ts";
import type { CustomerMeterDoc } from "../store/documents.ts";

export const customerMeterRoutes: Routes = {
  "GET /v1/customer-meters": ({ world, query }) => {
    const owner = (meter: CustomerMeterDoc) => world.customers.need(meter.customer_id);
    const found = filterBy(world.customerMeters.all(), query, {
      organization_id: among(uuid(), () => world.organization.id),
      customer_id: among(uuid(), ({ customer_id }) => customer_id),
      external_customer_id: among(string(), (meter) => owner(meter).external_id),
      meter_id: among(uuid(), ({ meter_id }) => meter_id),
    }).filter((meter) => query.meter_id || !world.meters.need(meter.meter_id).archived_at);
    const keys = {
      created_at: (m: CustomerMeterDoc) => m.created_at,
      modified_at: (m: CustomerMeterDoc) => m.modified_at,
      customer_id: (m: CustomerMeterDoc) => m.customer_id,
      customer_name: (m: CustomerMeterDoc) => owner(m).name,
      meter_id: (m: CustomerMeterDoc) => m.meter_id,
      meter_name: (m: CustomerMeterDoc) => world.meters.need(m.meter_id).name,
      consumed_units: (m: CustomerMeterDoc) => m.consumed_units,
      credited_units: (m: CustomerMeterDoc) => m.credited_units,
      balance: meterBalance,
    };
    return paginate(sort(found, query, keys, ["-modified_at"]), query, (meter) =>
      serializeCustomerMeter(world, meter),
    );
  },
  "GET /v1/customer-meters/{id}": ({ world, params }) => {
    const meter = world.customerMeters.get(params.id);
    if (!meter) throw notFound();
    return serializeCustomerMeter(world, meter);
  },
};
