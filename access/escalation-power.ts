import { assignableRoles, isDelegation } from "./delegation.ts";
import { HOST_WRITES } from "./escalation-hosts.ts";
import type { Takeover } from "./escalation-takeover.ts";
import { holds, type RoleSet } from "./role-set.ts";
import { isDecided, type RoleRight } from "./model.ts";
import { findRole, roleAllows, type RoleDefinition, roleMayAllow } from "./roles.ts";

/** How a role on the place of a resource lets its holder act as the identities of the resource. */
export interface Power {
    readonly edge: string;
    readonly certain: boolean;
    /** The holder first has to give itself another role. */
    readonly selfGranted?: true;
}

const CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c";
const OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

/** Actions by which who holds a role changes what it allows, or has itself given another. */
const WIDENING = [
    "Microsoft.Authorization/roleDefinitions/write",
    "Microsoft.Authorization/roleAssignmentScheduleRequests/write",
    "Microsoft.Authorization/roleEligibilityScheduleRequests/write",
    "Microsoft.Authorization/elevateAccess/action",
];

/** Conditions can also say whom roles are assigned to: then the holder need not be one of them. */
const NAMES_PRINCIPALS = /roleAssignments:PrincipalId\]/i;

const allowsAll = ({ permissions }: RoleDefinition): boolean =>
    permissions.some(({ actions }) => actions.includes("*"));

/** A condition of an assignment can leave out what data actions are for, such as all containers but one. */
const direct = (
    role: RoleDefinition,
    { edge, kind, actions, may }: Takeover,
    condition?: string,
): Power | undefined => {
    if (!actions.some(action => roleMayAllow(role, action, kind))) return undefined;
    const name = kind === "action" && allowsAll(role) ? (isDelegation(role) ? "AZOwner" : "AZContributor") : edge;
    const isFree = may !== true && (kind === "action" || condition === undefined);
    return { edge: name, certain: isFree && actions.some(action => roleAllows(role, action, kind)) };
};

/** Whether one of a set of roles opens a takeover: yes, perhaps (undefined), or no. */
const opens = (set: RoleSet, takeover: Takeover, custom: CustomRoles): boolean | undefined => {
    if ("allBut" in set) return holds(set, CONTRIBUTOR) || holds(set, OWNER) || undefined;
    const answers = [...set.only].map(guid => {
        const role = custom(guid);
        return role === undefined ? undefined : isDelegation(role) || direct(role, takeover) !== undefined;
    });
    return answers.includes(true) || (answers.includes(undefined) ? undefined : false);
};

/** The definition of a role by GUID: one of the model's own, or built in. */
export type CustomRoles = (guid: string) => RoleDefinition | undefined;

/** Roles by GUID, those that a model defines itself before those that are built in. */
export const customRoles = (definitions: readonly RoleDefinition[]): CustomRoles => {
    const own = new Map(definitions.filter(({ id }) => id !== "").map(role => [role.id.toLowerCase(), role]));
    return guid => {
        try {
            return own.get(guid) ?? findRole(guid);
        } catch {
            return undefined;
        }
    };
};

const selfGranted = (
    role: RoleDefinition,
    condition: string | undefined,
    takeover: Takeover,
    custom: CustomRoles,
): Power | undefined => {
    const edge = allowsAll(role) ? "AZOwner" : "AZUserAccessAdministrator";
    const found = isDelegation(role) ? opens(assignableRoles(role, condition), takeover, custom) : false;
    if (found !== false) {
        const isFree = condition === undefined || !NAMES_PRINCIPALS.test(condition);
        return { edge, certain: found === true && isFree && takeover.may !== true, selfGranted: true };
    }
    const widens = !isDelegation(role) && WIDENING.some(action => roleMayAllow(role, action, "action"));
    return widens ? { edge, certain: false, selfGranted: true } : undefined;
};

/** Whether a role lets its holder write a resource that runs code: yes, perhaps (undefined), or no. */
const writesHosts = (role: RoleDefinition): boolean | undefined => {
    if (!HOST_WRITES.some(action => roleMayAllow(role, action, "action"))) return false;
    return HOST_WRITES.some(action => roleAllows(role, action, "action")) || undefined;
};

/** What one role lets its holder do. */
interface Allowed {
    readonly powers: readonly (Power | undefined)[];
    readonly writesHosts: boolean | undefined;
}

/** What roles let their holders do, each role and condition looked at once. */
export class Powers {
    readonly #custom: CustomRoles;
    readonly #takeovers: readonly Takeover[];
    readonly #keys = new WeakMap<RoleDefinition, string>();
    readonly #known = new Map<string, Allowed>();
    readonly #unknown: Allowed;

    constructor(takeovers: readonly Takeover[], custom: CustomRoles) {
        this.#takeovers = takeovers;
        this.#custom = custom;
        this.#unknown = { powers: takeovers.map(({ edge }) => ({ edge, certain: false })), writesHosts: undefined };
    }

    /** For each takeover, whether and how the right opens it on the places it holds on. */
    of(right: RoleRight): readonly (Power | undefined)[] {
        return this.#allowed(right).powers;
    }

    /** Whether the right lets its holder write a resource that runs code: yes, perhaps (undefined), or no. */
    writesHosts(right: RoleRight): boolean | undefined {
        return this.#allowed(right).writesHosts;
    }

    #allowed({ definition, condition }: RoleRight): Allowed {
        if (!isDecided(definition)) return this.#unknown;
        const own = this.#keys.get(definition) ?? JSON.stringify(definition.permissions);
        this.#keys.set(definition, own);
        const key = condition === undefined ? own : `${own} ${condition}`;
        const found = this.#known.get(key) ?? {
            powers: this.#work(definition, condition),
            writesHosts: writesHosts(definition),
        };
        this.#known.set(key, found);
        return found;
    }

    #work(definition: RoleDefinition, condition: string | undefined): readonly (Power | undefined)[] {
        return this.#takeovers.map(takeover => {
            const own = direct(definition, takeover, condition);
            if (own?.certain === true) return own;
            const granted = selfGranted(definition, condition, takeover, this.#custom);
            return granted?.certain === true ? granted : (own ?? granted);
        });
    }
}
