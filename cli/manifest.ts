import { z } from "zod";
import type { Grant } from "../access/grant.ts";
import { type AccessModel, type Decided, isDecided, type Right } from "../access/model.ts";

const base = {
    identity: z.string().meta({ description: "The workload or resource whose identity holds the grant." }),
    principalId: z.string().optional().meta({ description: "Object id of the identity's service principal." }),
    tier: z
        .union([z.literal(0), z.literal(1), z.literal(2)])
        .meta({ description: "0 control plane, 1 management plane, 2 user access." }),
    reason: z.string().optional(),
    owner: z.string().optional(),
};

const grant = z.discriminatedUnion("kind", [
    z.object({
        kind: z.literal("api"),
        ...base,
        appId: z.string(),
        apiName: z.string(),
        permission: z.string(),
        appRoleId: z.string(),
        calls: z.array(z.string()).optional().meta({ description: "The calls that need it." }),
    }),
    z.object({
        kind: z.literal("azure"),
        ...base,
        role: z.string(),
        roleDefinitionGuid: z.string(),
        scope: z.string(),
        actions: z.array(z.string()).optional().meta({ description: "The actions that need it." }),
        custom: z.literal(true).optional().meta({ description: "The role is a custom one of just these actions." }),
    }),
]);

/** The grant manifest: every grant of a stack, who holds it, why, and how dangerous it is. */
export const manifestSchema = z
    .object({ version: z.literal(1), stack: z.string(), grants: z.array(grant) })
    .meta({ title: "Grant manifest of Leastwise" });

export interface Manifest {
    readonly version: 1;
    readonly stack: string;
    readonly grants: readonly Grant[];
}

/** Where something of the kind is not told, so that it is not taken for something else. */
const UNKNOWN = "unknown";

const known = <T>(value: Decided<T>): T | typeof UNKNOWN => (isDecided(value) ? value : UNKNOWN);

const grantOf = (right: Right, identity: string): Grant[] => {
    const { reason, owner } = right;
    const tier = isDecided(right.tier) ? right.tier : 0;
    const about = { identity, tier, ...(reason !== undefined && { reason }), ...(owner !== undefined && { owner }) };
    if (right.kind === "permission") {
        const { appId = UNKNOWN, calls } = right;
        const permission = known(right.permission);
        const api = { appId, apiName: known(right.api), permission, appRoleId: UNKNOWN };
        return [{ kind: "api", ...about, ...api, ...(calls && { calls }) }];
    }
    if (right.kind !== "role") return [];
    const { actions } = right;
    const scope = isDecided(right.scope) ? (right.scope.id ?? right.scope.urn ?? UNKNOWN) : UNKNOWN;
    const roleDefinitionGuid = isDecided(right.definition) ? right.definition.id : UNKNOWN;
    const role = { role: known(right.role), roleDefinitionGuid, scope };
    return [{ kind: "azure", ...about, ...role, ...(actions && { actions }) }];
};

/** The permissions and roles of an access model, as grants. */
export const grantsOf = ({ principals, rights }: AccessModel): Grant[] => {
    const names = new Map(principals.map(({ key, name }) => [key, name]));
    return rights.flatMap(right => grantOf(right, names.get(right.holder) ?? right.holder));
};
