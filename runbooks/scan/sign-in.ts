import { given } from "./binding.ts";
import type { Bound } from "./binding.ts";
import type { SignInKind } from "./findings.ts";
import { truth } from "./value-elements.ts";
import { wordsOf } from "./words-of.ts";

const CONNECTS = new Set([
    "connect-mggraph",
    "connect-azaccount",
    "login-azaccount",
    "add-azaccount",
    "connect-azurermaccount",
    "add-azurermaccount",
    "login-azurermaccount",
    "add-azureaccount",
    "connect-exchangeonline",
    "connect-ippssession",
    "connect-pnponline",
    "connect-microsoftteams",
    "connect-azuread",
    "connect-msolservice",
    "connect-sposervice",
    "connect-msgraph",
    "connect-entra",
    "connect-mggraphcommunity",
    "connect-powerbiserviceaccount",
]);

const has = (bound: Bound, ...names: readonly string[]): boolean =>
    names.some(name => {
        const value = given(bound, name);
        return value !== undefined && truth(value) !== false;
    });

const credentialKind = (bound: Bound): SignInKind => {
    const text = wordsOf(
        given(bound, "credential", "credentials", "clientsecretcredential") ?? { t: "nothing" },
    ).toLowerCase();
    return text.includes("automation")
        ? "credential-asset"
        : has(bound, "serviceprincipal", "clientsecretcredential")
          ? "secret"
          : "password";
};

/** How a connecting command signs in; undefined for any other command. */
export const signInKind = (name: string, bound: Bound): SignInKind | undefined => {
    if (!CONNECTS.has(name.toLowerCase())) return undefined;
    if (has(bound, "identity", "managedidentity", "managedserviceidentity")) return "managed-identity";
    if (
        has(
            bound,
            "certificatethumbprint",
            "thumbprint",
            "certificate",
            "certificatepath",
            "certificatename",
            "certificatesubjectname",
            "certificatefilepath",
            "certificatesubject",
            "certificatebase64encoded",
        )
    )
        return "certificate";
    if (has(bound, "clientsecret", "clientsecretcredential", "applicationsecret", "appsecret", "environmentvariable"))
        return "secret";
    if (has(bound, "accesstoken", "aadaccesstoken", "accesstokens", "graphaccesstoken")) return "token";
    if (has(bound, "credential", "credentials")) return credentialKind(bound);
    if (has(bound, "scopes", "scope")) return "delegated";
    return bound.open ? "token" : "interactive";
};
