/** What a deletion means, before it is asked for. */
export function DeleteConsequences({ hasPlan }: { hasPlan: boolean }) {
  return (
    <ul className="list-disc space-y-2 pl-5 text-sm">
      {hasPlan ? (
        <li>
          Your plan ends at once. What is left of the period is not paid back, and nothing is
          charged any more.
        </li>
      ) : null}
      <li>Codes from packs are lost, and so is everything that you made and used here.</li>
      <li>Your address, your sign-ins and API keys are removed, on every device at once.</li>
      <li>
        Your invoices stay at our payment service, and amounts and dates of payments in our books,
        as the law asks.
      </li>
      <li>It cannot be undone. With the same address you can begin anew, on the free plan.</li>
    </ul>
  );
}
