import { appRoles, MICROSOFT_GRAPH } from "../access/apis.ts";
import { type Call, formatCall, parseCall } from "../access/calls.ts";
import { lazy } from "../access/facts.ts";
import { type AccessModel, isDecided, type PermissionRight, type Principal, type Right } from "../access/model.ts";
import type { StackSubject } from "./adapter/subject-grants.ts";
import { type Declared, graphNeed, type KnownNeed } from "./known-need.ts";
import type { StackFault } from "./rule.ts";

/** A permission of Microsoft Graph that an identity holds. */
export interface HeldPermission {
    readonly right: PermissionRight;
    readonly name: string;
}

/** Who holds permissions of Microsoft Graph, and what it is known to do with them. */
export interface GraphHolder {
    readonly principal: Principal;
    readonly held: readonly HeldPermission[];
    /** Permissions of which nothing tells which they are. */
    readonly undecided: readonly StackFault[];
    readonly need: KnownNeed<Call>;
    /** Whether it holds rights that allow calls without any permission. */
    readonly hasOtherWays: boolean;
}

const names = lazy(() => new Set(appRoles(MICROSOFT_GRAPH).map(({ name }) => name)));

const isPermission = (right: Right): right is PermissionRight => right.kind === "permission";

const heldIn = (right: PermissionRight): HeldPermission[] =>
    right.appId === MICROSOFT_GRAPH && isDecided(right.permission) && names().has(right.permission)
        ? [{ right, name: right.permission }]
        : [];

const undecidedIn = ({ urn, permission }: PermissionRight): StackFault[] =>
    isDecided(permission) ? [] : [{ urn, message: `cannot judge the permission: ${permission.undecided}` }];

const OTHER_WAYS: ReadonlySet<Right["kind"]> = new Set(["directory-role", "member", "owner"]);

/** What each principal holds, by the order of their keys. */
export const holdersIn = ({ principals, rights }: AccessModel): readonly (readonly [Principal, readonly Right[]])[] => {
    const byHolder = Map.groupBy(rights, ({ holder }) => holder);
    return principals.flatMap(principal => {
        const held = byHolder.get(principal.key);
        return held === undefined ? [] : [[principal, held] as const];
    });
};

/** Those of a stack who hold permissions of Microsoft Graph. */
export const graphHolders = (stack: StackSubject, calls: Declared): readonly GraphHolder[] =>
    holdersIn(stack.model).flatMap(([principal, all]) => {
        const rights = all.filter(isPermission);
        const held = rights.flatMap(heldIn);
        const undecided = rights.flatMap(undecidedIn);
        if (held.length + undecided.length === 0) return [];
        const hasOtherWays = all.some(({ kind }) => OTHER_WAYS.has(kind));
        return [{ principal, held, undecided, need: graphNeed(principal, rights, stack, calls), hasOtherWays }];
    });

/** An option that declares calls by the identity that makes them. */
export const CALLS = {
    type: "object",
    additionalProperties: { type: "array", items: { type: "string" } },
    default: {},
    description:
        'All the Graph calls that an identity makes, by its name or a pattern: { "nightly": ["GET /users"] }. Beside them count the calls of its runbooks and those its grants are declared for.',
} as const;

/** @throws Error for a line that is no call */
export const checkCalls = ({ calls }: { readonly calls: Declared }): void => {
    for (const [name, lines] of Object.entries(calls))
        for (const line of lines) {
            try {
                parseCall(line);
            } catch (error) {
                throw new Error(`calls.${name}: ${(error as Error).message}`, { cause: error });
            }
        }
};

const SHOWN = 3;

/** Names or calls in a message: the first of them, and how many more there are. */
export const listed = (all: readonly string[]): string => {
    const more = all.length - SHOWN;
    const shown = all.slice(0, SHOWN).map(each => `'${each}'`);
    return more > 0 ? `${shown.join(", ")} and ${String(more)} more` : shown.join(", ");
};

/** Calls as messages show them, each once and in the order of names. */
export const callWords = (calls: readonly Call[]): string => listed([...new Set(calls.map(formatCall))].sort());
