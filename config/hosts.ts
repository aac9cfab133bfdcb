import type { AccountDeclaration, FunctionAppDeclaration, VariableDeclaration } from "./declaration.ts";
import type { RunbookNeed } from "./needs.ts";
import { packagesFor } from "./packages.ts";
import type { Path, Problems } from "./problems.ts";
import type { RawWorkload } from "./raw.ts";

type RawAccount = Exclude<NonNullable<RawWorkload["account"]>, string>;

/** Secrets that the configuration holds beside the workloads. */
export interface Secrets {
    readonly has: (key: string) => boolean;
    /** The key that was meant. */
    readonly hint: (key: string) => string;
}

const readVariables = (
    problems: Problems,
    at: Path,
    { variables = {} }: RawAccount,
    secrets: Secrets,
): AccountDeclaration["variables"] => {
    for (const [name, variable] of Object.entries(variables)) {
        if (typeof variable === "string" || secrets.has(variable.secret)) continue;
        problems.add(
            [...at, "variables", name, "secret"],
            `there is no secret '${variable.secret}'${secrets.hint(variable.secret)}; set it with: pulumi config set --secret leastwise:${variable.secret}`,
        );
    }
    return variables as Readonly<Record<string, VariableDeclaration>>;
};

/** An account as declared, with the PowerShell modules that its runbooks use. */
export const readAccount = (
    problems: Problems,
    at: Path,
    raw: RawWorkload,
    needs: readonly RunbookNeed[],
    secrets: Secrets,
): AccountDeclaration | undefined => {
    if (raw.account === undefined) return undefined;
    const account: RawAccount = typeof raw.account === "string" ? { name: raw.account } : raw.account;
    const name = account.runtime?.name;
    return {
        name: account.name,
        existing: account.existing ?? false,
        runtime: {
            packages: packagesFor(problems, at, raw, needs, account.runtime?.packages),
            ...(name !== undefined && { name }),
        },
        variables: readVariables(problems, [...at, "account"], account, secrets),
        publicNetworkAccess: account.publicNetworkAccess ?? false,
    };
};

/** A Function App as declared. */
export const readFunctionApp = ({ functionApp }: RawWorkload): FunctionAppDeclaration | undefined => {
    if (functionApp === undefined) return undefined;
    if (typeof functionApp === "string") return { name: functionApp, settings: {} };
    const { name, storage, worker, settings = {} } = functionApp;
    return { name, settings, ...(storage !== undefined && { storage }), ...(worker && { worker }) };
};
