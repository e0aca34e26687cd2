import { exportAccount } from "@/lib/account/export/stream";
import { download } from "@/lib/http/download";
import { allowOnly } from "@/lib/http/methods";

export const GET = download({
  page: "/settings",
  name: "northstar-account.json",
  type: "application/json",
  pieces: exportAccount,
});

export const { POST, PUT, PATCH, DELETE } = allowOnly("GET");
