type SignInError = { title: string; message: string };

const fallback: SignInError = {
  title: "Sign-in did not work",
  message: "Something went wrong on the way. Nothing has changed; please try again.",
};

/** The codes of next-auth, in words that say what to do next. */
const errors = new Map<string, SignInError>(
  Object.entries({
    Verification: {
      title: "This link no longer works",
      message: "A sign-in link works once and for a limited time. Ask for a new one.",
    },
    OAuthAccountNotLinked: {
      title: "Use the way you signed in before",
      message:
        "An account with this e-mail address exists already. Sign in with e-mail, or the service you used the first time.",
    },
    AccessDenied: {
      title: "Sign-in was refused",
      message: "This account may not sign in here, or the request was declined.",
    },
    Configuration: {
      title: "Sign-in is out of order",
      message: "The fault is on our side. Please try again later, or write to support.",
    },
  }),
);

export function signInError(code: string | string[] | undefined): SignInError {
  return (typeof code === "string" && errors.get(code)) || fallback;
}
