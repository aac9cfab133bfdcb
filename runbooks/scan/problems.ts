import type { OtherApiUse, SignIn } from "./findings.ts";
import type { ModuleUse } from "./modules.ts";

export interface Problem {
    readonly line: number;
    readonly text: string;
}

const SIGN_INS: Readonly<Record<string, string>> = {
    secret: "signs in with a secret; expected the managed identity",
    certificate: "signs in with a certificate; expected the managed identity",
    "credential-asset": "signs in with a credential asset; expected the managed identity",
    password: "signs in with a user name and password; expected the managed identity",
    "run-as": "uses a Run As connection, which is retired; expected the managed identity",
    delegated: "signs in with delegated scopes, which need a person; expected '-Identity'",
    interactive: "signs in interactively, which needs a person; expected '-Identity'",
};

/** Kinds that only matter when no managed identity is used: scripts often keep another way for use by hand. */
const BY_HAND = new Set(["delegated", "interactive"]);

const signInProblems = (signIns: readonly SignIn[]): Problem[] => {
    const isManaged = signIns.some(({ kind }) => kind === "managed-identity" || kind === "token");
    return signIns.flatMap(({ kind, line }) => {
        const text = SIGN_INS[kind];
        return text === undefined || (isManaged && BY_HAND.has(kind)) ? [] : [{ line, text }];
    });
};

const lineOf = (source: string, at: number): number => source.slice(0, at).split("\n").length;

/** Since Az.Accounts 5 the token is a SecureString: https://learn.microsoft.com/powershell/azure/upcoming-breaking-changes */
const tokenProblem = (source: string): Problem[] => {
    const at = /Get-AzAccessToken\b/i.exec(source)?.index;
    if (at === undefined || /securestring|PtrToString|NetworkCredential|-AsPlainText/i.test(source)) return [];
    return [
        {
            line: lineOf(source, at),
            text: "takes the token of Get-AzAccessToken as text; Az.Accounts 5 returns a SecureString",
        },
    ];
};

/** Connect-MgGraph takes a SecureString since Microsoft.Graph 2: https://learn.microsoft.com/powershell/microsoftgraph/migration-steps */
const connectProblem = (source: string): Problem[] => {
    const match = /Connect-MgGraph\b[^\n]{0,300}?-AccessToken\s+(\$\w+(?:\.\w+)*)/i.exec(source);
    if (match === null || /securestring/i.test(source)) return [];
    return [
        {
            line: lineOf(source, match.index),
            text: "gives Connect-MgGraph its token as text; Microsoft.Graph 2 takes a SecureString",
        },
    ];
};

/** https://github.com/microsoftgraph/msgraph-sdk-powershell/issues/3151 */
const moduleProblem = (modules: readonly ModuleUse[]): Problem[] =>
    modules.flatMap(({ name, version = "" }) => {
        const [major = 0, minor = 0] = version.split(".").map(Number);
        const isNew = /^microsoft\.graph\b/i.test(name) && major === 2 && minor >= 26;
        return isNew
            ? [{ line: 1, text: `${name} ${version} does not load in PowerShell 7.2; use a 7.4 runtime environment` }]
            : [];
    });

/** Each retired API once, where it is first used. */
const retiredProblems = (apis: readonly OtherApiUse[]): Problem[] => {
    const seen = new Set<string>();
    return apis.flatMap(({ api, via, line, retired }) => {
        if (!retired || seen.has(api)) return [];
        seen.add(api);
        return [{ line, text: `${via} belongs to ${api}, which is retired` }];
    });
};

/** What will go wrong, or need not be as it is, in how the script signs in. */
export const findProblems = (
    source: string,
    signIns: readonly SignIn[],
    modules: readonly ModuleUse[],
    apis: readonly OtherApiUse[],
): readonly Problem[] => [
    ...retiredProblems(apis),
    ...signInProblems(signIns),
    ...tokenProblem(source),
    ...connectProblem(source),
    ...moduleProblem(modules),
];
