import { notFound } from "../http/errors.ts";
import type { Routes } from "../http/router.ts";

/** Invitations to seats: Polar sends their tokens by mail, here they can be asked for. */
export const seatRoutes: Routes = {
  "GET /_emulator/customer-seats/{id}/invitation": ({ world, params }) => {
    const seat = world.seats.get(params.id);
    if (!seat?.invitation_token) throw notFound();
    return { email: seat.email, invitation_token: seat.invitation_token };
  },
};
