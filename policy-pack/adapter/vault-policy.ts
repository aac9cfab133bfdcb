import { findRole } from "../../access/roles.ts";
import type { Place, Principal } from "../../access/model.ts";
import type { Tier } from "../../access/tier.ts";
import { type GivenRight, holderPart, type ReadRights, rightBase } from "./given-right.ts";
import type { PlainResource } from "./resource.ts";
import { policiesWithin, usesRoles, vaultOf } from "./vault.ts";
import { isKnown, partOf, textsOf, Unknown, type Value } from "./value.ts";

const KINDS = ["keys", "secrets", "certificates", "storage"] as const;
/** What classic azure names the same: `secretPermissions`. */
const CLASSIC: Readonly<Record<(typeof KINDS)[number], string>> = {
    keys: "keyPermissions",
    secrets: "secretPermissions",
    certificates: "certificatePermissions",
    storage: "storagePermissions",
};

const permissionsOf = (policy: unknown): Value<readonly string[]> => {
    const all: string[] = [];
    for (const kind of KINDS) {
        const value = partOf(partOf(policy, "permissions"), kind) ?? partOf(policy, CLASSIC[kind]);
        const list = textsOf(typeof value === "string" ? [value] : value, `permissions.${kind}`);
        if (list instanceof Unknown) return list;
        all.push(...list.map(each => `${kind}/${each.toLowerCase()}`));
    }
    return all;
};

/** Permissions that only look, and those that give away what is kept. */
const READS = /\/(get|list|all|\*)$/;

/** As the built-in roles that allow the same. */
const tierOf = (permissions: readonly string[]): Tier => {
    const writes = permissions.some(each => !READS.test(each) || /\/(all|\*)$/.test(each));
    const role = writes ? "Key Vault Administrator" : "Key Vault Secrets User";
    return findRole(role).tier;
};

interface Policy {
    readonly resource: PlainResource;
    readonly holder: Principal;
    readonly policy: unknown;
    readonly vault: Place;
    readonly part?: string;
}

const rightOf = ({ resource, holder, policy, vault, part }: Policy): GivenRight => {
    const permissions = permissionsOf(policy);
    return {
        holder,
        right: {
            kind: "vault-policy",
            ...rightBase(resource, holder, {}, part),
            vault,
            permissions: isKnown(permissions) ? permissions : KINDS.map(kind => `${kind}/*`),
            tier: isKnown(permissions) ? tierOf(permissions) : { undecided: permissions.why },
        },
        subject: { kind: "vault-policy", permissions },
    };
};

/** An access policy that is a resource of its own. */
export const readVaultPolicy: ReadRights = (resource, defined) => {
    const isNative = resource.has("policy");
    const classic = Object.fromEntries(resource.keys().map(key => [key, resource.value(key)]));
    const policy = isNative ? resource.value("policy") : classic;
    const holder = defined.principals.named(resource, isNative ? "policy" : "objectId", partOf(policy, "objectId"));
    return [rightOf({ resource, holder, policy, vault: vaultOf(resource, defined) })];
};

/** The access policies within a key vault; where roles decide who reads it, they are of no effect. */
export const readVaultPolicies: ReadRights = (resource, defined) => {
    const key = resource.has("properties") ? "properties" : "accessPolicies";
    const list = policiesWithin(resource);
    if (usesRoles(resource) === true || list === undefined || list === null) return [];
    const policies: readonly unknown[] = Array.isArray(list) ? list : [list];
    const vault = defined.places.of(resource);
    return policies.map((policy, at) => {
        const holder = defined.principals.among(policies, resource, key, partOf(policy, "objectId"));
        return rightOf({ resource, holder, policy, vault, part: holderPart(holder, at) });
    });
};
