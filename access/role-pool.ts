import type { ActionKind } from "./azure-actions.ts";
import type { Need } from "./azure-needs.ts";
import { roleReach, universeIndex } from "./azure-reach.ts";
import { hasBit } from "./bits.ts";
import { roleAllows, roleMayAllow } from "./roles.ts";
import type { RoleDefinition } from "./roles.ts";

const ANY = "*";

const inNameOrder = (roles: readonly RoleDefinition[]): RoleDefinition[] =>
    roles
        .map(role => ({ role, key: `${role.name.toLowerCase()} ${role.id}` }))
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .map(({ role }) => role);

/** The provider a pattern is about, or `*` when it may be about several. */
const providerOf = (pattern: string): string => {
    const provider = pattern.slice(0, pattern.indexOf("/")).toLowerCase();
    return provider === "" || provider.includes("*") ? ANY : provider;
};

/** Roles in the order of their names, which numbers them, indexed by the providers they have patterns of. */
export class RolePool {
    readonly roles: readonly RoleDefinition[];
    readonly #byProvider: Readonly<Record<ActionKind, ReadonlyMap<string, readonly number[]>>>;

    constructor(roles: readonly RoleDefinition[]) {
        this.roles = inNameOrder(roles);
        this.#byProvider = { action: this.#index("action"), dataAction: this.#index("dataAction") };
    }

    /** Numbers of the roles that cover a need whatever the request, ascending. */
    coverers({ action, kind }: Need): readonly number[] {
        const at = universeIndex(action, kind);
        return this.#near(action, kind).filter(number => {
            const role = this.at(number);
            return at === undefined ? roleAllows(role, action, kind) : hasBit(roleReach(role).covers, at);
        });
    }

    /** Roles that cover a need at least for some requests. */
    holders({ action, kind }: Need): readonly RoleDefinition[] {
        return this.#near(action, kind)
            .map(number => this.at(number))
            .filter(role => roleMayAllow(role, action, kind));
    }

    /** The role with a number. */
    at(number: number): RoleDefinition {
        const role = this.roles[number];
        if (role === undefined) throw new RangeError(`no role has number ${number}`);
        return role;
    }

    #index(kind: ActionKind): ReadonlyMap<string, readonly number[]> {
        const index = new Map<string, number[]>();
        for (const [number, { permissions }] of this.roles.entries()) {
            const patterns = permissions.flatMap(block => (kind === "action" ? block.actions : block.dataActions));
            for (const provider of new Set(patterns.map(providerOf))) {
                const numbers = index.get(provider);
                if (numbers === undefined) index.set(provider, [number]);
                else numbers.push(number);
            }
        }
        return index;
    }

    #near(action: string, kind: ActionKind): readonly number[] {
        const index = this.#byProvider[kind];
        const numbers = [...(index.get(providerOf(action)) ?? []), ...(index.get(ANY) ?? [])];
        return [...new Set(numbers)].sort((a, b) => a - b);
    }
}

const pools = new WeakMap<readonly RoleDefinition[], RolePool>();

/** The pool of a list of roles; made once per list. */
export const poolOf = (roles: readonly RoleDefinition[]): RolePool => {
    const known = pools.get(roles) ?? new RolePool(roles);
    pools.set(roles, known);
    return known;
};
