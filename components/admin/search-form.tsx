import { Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";

export function SearchForm({ text }: { text: string }) {
  return (
    <form action="/admin/customers" className="space-y-2">
      <Label htmlFor="q">E-mail address, name, or an id of ours or of Polar's</Label>
      <div className="flex gap-3">
        <Input id="q" name="q" type="search" defaultValue={text} maxLength={200} />
        <Button type="submit" variant="outline" className="h-11">
          <Search aria-hidden="true" />
          Search
        </Button>
      </div>
    </form>
  );
}
