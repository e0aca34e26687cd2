import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Select } from "@/components/ui/select";
import type { InboxFilter } from "@/lib/admin/inbox-filter";

const statuses: Record<InboxFilter["status"], string> = {
  any: "Any",
  pending: "Pending",
  applied: "Applied",
  ignored: "Ignored",
  failed: "Given up",
};
const ages: Record<InboxFilter["age"], string> = {
  hour: "Last hour",
  day: "Last day",
  week: "Last 7 days",
  quarter: "Last 90 days",
  any: "Any time",
};

function Choice({
  name,
  label,
  chosen,
  options,
}: {
  name: string;
  label: string;
  chosen: string;
  options: Record<string, string>;
}) {
  return (
    <div className="space-y-2">
      <Label htmlFor={name}>{label}</Label>
      <Select id={name} name={name} defaultValue={chosen}>
        {Object.entries(options).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </Select>
    </div>
  );
}

export function InboxFilterForm({
  filter,
  types,
}: {
  filter: InboxFilter;
  types: readonly string[];
}) {
  return (
    <form action="/admin/inbox" className="grid items-end gap-4 sm:grid-cols-[1fr_2fr_1fr_auto]">
      <Choice name="status" label="Status" chosen={filter.status} options={statuses} />
      <div className="space-y-2">
        <Label htmlFor="type">Type</Label>
        <Input
          id="type"
          name="type"
          defaultValue={filter.type}
          list="types"
          placeholder="Any, such as order.paid"
        />
      </div>
      <Choice name="age" label="Received" chosen={filter.age} options={ages} />
      <datalist id="types">
        {types.map((type) => (
          <option key={type} value={type} />
        ))}
      </datalist>
      <Button type="submit" variant="outline" className="h-11">
        Filter
      </Button>
    </form>
  );
}
