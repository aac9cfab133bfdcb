import { GRAPH_PACKAGES, SIGN_IN_PACKAGES } from "../components/automation-account.ts";
import type {
    AccountDeclaration,
    FunctionAppDeclaration,
    IdentityDeclaration,
    VariableDeclaration,
} from "./declaration.ts";
import { isUserAssigned } from "../components/existing-identity.ts";
import { parseScope } from "../access/scope.ts";
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

/** An account as declared, with PowerShell modules to sign in and, where a permission on Graph is declared, to call it. */
export const readAccount = (
    problems: Problems,
    at: Path,
    raw: RawWorkload,
    secrets: Secrets,
): AccountDeclaration | undefined => {
    if (raw.account === undefined) return undefined;
    const account: RawAccount = typeof raw.account === "string" ? { name: raw.account } : raw.account;
    const callsGraph =
        [raw.graph, raw.calls].some(list => (list?.length ?? 0) > 0) ||
        (raw.runbooks ?? []).some(({ calls }) => calls?.length);
    const name = account.runtime?.name;
    return {
        name: account.name,
        existing: account.existing ?? false,
        runtime: {
            packages: account.runtime?.packages ?? { ...SIGN_IN_PACKAGES, ...(callsGraph && GRAPH_PACKAGES) },
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

type RawIdentity = Exclude<RawWorkload["identity"], string | undefined>;

const readExisting = (
    existing: Extract<RawIdentity, { existing: unknown }>["existing"],
    subscription: string,
): IdentityDeclaration => {
    const { principalId, resourceId, enterpriseApplication } = existing;
    const given = Object.entries(existing).filter(([, value]) => value !== undefined);
    if (given.length !== 1) {
        throw new Error(
            `expected one of principalId, resourceId, enterpriseApplication, got ${given.map(([key]) => key).join(" and ") || "none"}`,
        );
    }
    if (resourceId !== undefined) checkResourceId(resourceId, subscription);
    return {
        kind: "existing",
        existing: {
            ...(principalId !== undefined && { principalId }),
            ...(resourceId !== undefined && { resourceId }),
            ...(enterpriseApplication !== undefined && { enterpriseApplication }),
        },
    };
};

const checkResourceId = (resourceId: string, subscription: string): void => {
    const scope = parseScope(resourceId);
    if (scope.kind !== "resource")
        throw new Error(`'${resourceId}' is the id of a ${scope.kind}; expected that of a resource with an identity`);
    if (isUserAssigned(resourceId) && scope.subscription?.toLowerCase() !== subscription.toLowerCase()) {
        throw new Error(
            `the identity is in subscription '${scope.subscription}', not in '${subscription}'; name it by its principalId`,
        );
    }
};

const readGiven = (name: string, raw: RawWorkload, subscription: string): IdentityDeclaration => {
    const hasHost = raw.account !== undefined || raw.functionApp !== undefined;
    const given = raw.identity ?? (hasHost ? "system-assigned" : "user-assigned");
    if (given === "system-assigned") {
        if (!hasHost)
            throw new Error(
                "a system-assigned identity needs a resource; expected an account or a functionApp, or 'user-assigned'",
            );
        return { kind: "system-assigned" };
    }
    if (given === "user-assigned") return { kind: "user-assigned", name: `id-${name}`, federatedCredentials: [] };
    if ("existing" in given) return readExisting(given.existing, subscription);
    const { name: identityName = `id-${name}`, federatedCredentials = [] } = given.userAssigned;
    return {
        kind: "user-assigned",
        name: identityName,
        federatedCredentials: federatedCredentials.map(({ audience, ...rest }) => ({
            ...rest,
            ...(audience !== undefined && { audience }),
        })),
    };
};

/** What runs needs an identity it can run as. */
const checkHost = (raw: RawWorkload, identity: IdentityDeclaration): void => {
    if (identity.kind === "system-assigned" && raw.account !== undefined && raw.functionApp !== undefined) {
        throw new Error(
            "an account and a functionApp have a system-assigned identity each; expected one of the two, or 'user-assigned'",
        );
    }
    if (identity.kind !== "existing" || (raw.account === undefined && raw.functionApp === undefined)) return;
    const { resourceId } = identity.existing;
    if (resourceId === undefined || !isUserAssigned(resourceId)) {
        throw new Error(
            "an account or a functionApp can only run as an existing identity that is user-assigned, named by its resourceId",
        );
    }
};

/** The identity of a workload. */
export const readIdentity = (
    problems: Problems,
    at: Path,
    name: string,
    raw: RawWorkload,
    subscription: string,
): IdentityDeclaration | undefined =>
    problems.at([...at, "identity"], () => {
        const identity = readGiven(name, raw, subscription);
        checkHost(raw, identity);
        return identity;
    });
