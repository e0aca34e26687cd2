/** An order that is nobody's. */
export const noOrder = "00000000-0000-4000-8000-000000000000";

/** The address that stands for a page or route as app/ names it. */
export const addressOf = (route: string) =>
  route
    .replace("[...nextauth]", "session")
    .replace("[...path]", "nothing")
    .replace("[orderId]", noOrder)
    .replace("[webhookId]", noOrder)
    .replace("[workspaceId]", noOrder)
    .replace("[runId]", noOrder);
