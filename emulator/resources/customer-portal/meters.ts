import { notFound } from "../../http/errors.ts";
import { among, filterBy } from "../../http/filters.ts";
import { paginate, sort } from "../../http/pagination.ts";
import { portal } from "../../http/portal.ts";
import type { Routes } from "../../http/router.ts";
import { uuid } from "../../http/schema.ts";
import { meterBalance } from "../../serializers/customer-meter.ts";
import { serializePortalMeter } from "../../serializers/portal.ts";
import type { CustomerMeterDoc } from "../../store/documents.ts";
import { searched } from "./search.ts";

export const portalMeterRoutes: Routes = {
  "GET /v1/customer-portal/meters": portal(({ world, customer, query }) => {
    const nameOf = (m: CustomerMeterDoc) => world.meters.need(m.meter_id).name;
    const found = filterBy(world.customerMeters.where("customer_id", customer.id), query, {
      meter_id: among(uuid(), ({ meter_id }) => meter_id),
    }).filter(searched(query, nameOf));
    const keys = {
      created_at: (m: CustomerMeterDoc) => m.created_at,
      modified_at: (m: CustomerMeterDoc) => m.modified_at,
      meter_id: (m: CustomerMeterDoc) => m.meter_id,
      meter_name: nameOf,
      consumed_units: (m: CustomerMeterDoc) => m.consumed_units,
      credited_units: (m: CustomerMeterDoc) => m.credited_units,
      balance: meterBalance,
    };
    return paginate(sort(found, query, keys, ["-modified_at"]), query, (meter) =>
      serializePortalMeter(world, meter),
    );
  }),
  "GET /v1/customer-portal/meters/{id}": portal(({ world, customer, params }) => {
    const meter = world.customerMeters.get(params.id);
    if (meter?.customer_id !== customer.id) throw notFound();
    return serializePortalMeter(world, meter);
  }),
};
