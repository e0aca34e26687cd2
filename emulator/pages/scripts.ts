/*
 * The few scripts of the pages. They only add comfort: every page works without them.
 */

/** Sends a form once, however often its button is pressed. */
export const submitOnce = `
const sent = new WeakSet();
addEventListener("submit", (event) => {
  if (sent.has(event.target)) return event.preventDefault();
  sent.add(event.target);
  event.submitter?.setAttribute("aria-busy", "true");
  addEventListener("pageshow", () => {
    sent.delete(event.target);
    event.submitter?.removeAttribute("aria-busy");
  }, { once: true });
});
`;

/** Groups a card's digits and sets the slash of its expiry, as long as the payer types at the end. */
export const formatCard = String.raw`
addEventListener("input", ({ target, inputType = "" }) => {
  if (inputType.startsWith("delete") || target.selectionStart !== target.value.length) return;
  if (target.name === "card_number") {
    target.value = target.value.replace(/\D/g, "").replace(/(\d{4})(?=\d)/g, "$1 ");
  }
  if (target.name === "card_expiry") {
    target.value = target.value.replace(/^(\d)\//, "0$1/").replace(/^(\d\d)(\d)/, "$1/$2");
  }
});
`;

/** Shows the buttons that fill in a test card, and makes them do so. */
export const fillTestCard = `
for (const button of document.querySelectorAll("button[data-card-number]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const { card_number, card_expiry, card_cvc } = button.form.elements;
    card_number.value = button.dataset.cardNumber;
    card_expiry.value = button.dataset.cardExpiry;
    card_cvc.value = "123";
    button.closest("details").querySelector("[role=status]").textContent =
      "Filled in " + button.dataset.cardNumber + ".";
  });
}
`;

/** Shows the buttons that copy a license key, and makes them do so. */
export const copyKey = `
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    document.querySelector("#copied").textContent = "Copied.";
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
}
`;

/** Asks how the payment is until it is done, then goes where the answer says. */
export const awaitPayment = String.raw`
const address = location.pathname.replace(/\/$/, "") + "/status";
const ask = async () => {
  let wait = 300;
  try {
    const response = await fetch(address, { cache: "no-store" });
    const { done, redirect } = await response.json();
    if (done) return location.replace(redirect);
  } catch {
    wait = 2000;
  }
  setTimeout(ask, wait);
};
ask();
`;

/**
 * Takes over what is chosen beside the form to pay with (amount, seats, code, product, country) without
 * losing what was typed there: it brings the offer and the button up to date.
 */
export const refreshOffer = `
const field = (name) => document.querySelector(".pay [name=" + name + "]");
const update = async (values) => {
  for (const name of ["customer_email", "customer_name", "country"]) {
    if (field(name)) values.set(name, field(name).value);
  }
  const focused = document.activeElement?.id;
  const response = await fetch(location.pathname, { method: "POST", body: values });
  const next = new DOMParser().parseFromString(await response.text(), "text/html");
  const sameForm = Boolean(next.querySelector("[name=card_number]")) === Boolean(field("card_number"));
  const parts = sameForm ? [".offer", ".pay-end"] : [".checkout"];
  for (const part of parts) {
    const found = next.querySelector(part);
    if (!found) return location.reload();
    document.querySelector(part).replaceWith(found);
  }
  const target = document.querySelector(".offer [autofocus]") ?? document.getElementById(focused);
  (target ?? document.querySelector(".offer .small"))?.focus();
};
const run = (values) => update(values).catch(() => location.reload());
addEventListener("submit", (event) => {
  if (event.defaultPrevented || !event.target.closest(".offer")) return;
  event.preventDefault();
  run(new URLSearchParams(new FormData(event.target)));
});
addEventListener("change", ({ target }) => {
  if (target.matches(".offer [name=amount], .offer [name=seats]")) target.form.requestSubmit();
  if (target.matches(".pay [name=country]")) run(new URLSearchParams({ action: "choose_country" }));
});
`;
