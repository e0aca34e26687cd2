import type { models } from "@polar-sh/sdk/2026-10";
import type { Instant } from "../time.ts";
import type { Base } from "./base.ts";

/** A person who belongs to a customer: its owner, or somebody with one of its seats. */
export interface MemberDoc extends Base {
  customer_id: string;
  email: string;
  name: string | null;
  external_id: string | null;
  role: models.MemberRole;
}

/** A seat of a subscription or an order that was given to somebody. Free seats have none. */
export interface SeatDoc extends Base {
  subscription_id: string | null;
  order_id: string | null;
  status: models.SeatStatus;
  /** Who sits on it, a customer of their own; null once it was revoked. */
  customer_id: string | null;
  /** The same person among the members of the customer that pays. */
  member_id: string | null;
  email: string | null;
  /** What the invitation leads to; good for one claim. */
  invitation_token: string | null;
  invitation_token_expires_at: Instant | null;
  claimed_at: Instant | null;
  revoked_at: Instant | null;
  seat_metadata: Record<string, unknown>;
}
