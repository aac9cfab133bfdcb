import { parseScope } from "../access/scope.ts";
import { isUserAssigned } from "../components/existing-identity.ts";
import type { IdentityDeclaration } from "./declaration.ts";
import type { Path, Problems } from "./problems.ts";
import type { RawWorkload } from "./raw.ts";

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
    const isExisting = typeof raw.account === "object" && raw.account.existing === true;
    if (identity.kind === "user-assigned" && isExisting) {
        throw new Error(
            "an existing account is not changed, so it cannot be made to run as a new identity; expected 'system-assigned' or one that it has, under 'existing'",
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
