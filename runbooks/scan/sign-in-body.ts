import type { SignInKind } from "./findings.ts";
import type { Value } from "./values.ts";
import { wordsOf } from "./words-of.ts";

/** How a request for a token signs in, by what its body says. */
export const grantKind = (body: Value | undefined): SignInKind => {
    const text = body === undefined ? "" : wordsOf(body).toLowerCase();
    if (text.includes("client_assertion")) return "certificate";
    if (text.includes("password=") || text.includes("grant_type=password")) return "password";
    if (text.includes("device_code")) return "interactive";
    return "secret";
};
