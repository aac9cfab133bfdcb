import { readNeed } from "../access/azure-needs.ts";
import { type AzureJudgement, judgeAzure } from "../access/judge-azure.ts";
import type { RoleRight } from "../access/model.ts";
import { findRole, type RoleDefinition } from "../access/roles.ts";
import { listed } from "./graph-holders.ts";
import type { Declared } from "./known-need.ts";
import { privilegesOf } from "./privileged-actions.ts";
import type { StackFault } from "./rule.ts";

/** An option that declares actions by the identity that takes them. */
export const ACTIONS = {
    type: "object",
    additionalProperties: { type: "array", items: { type: "string" } },
    default: {},
    description:
        'All the Azure actions that an identity takes, or the Resource Manager calls it makes, by its name or a pattern: { "nightly": ["Microsoft.Compute/virtualMachines/read"] }.',
} as const;

/** @throws Error for a line that is no action */
export const checkActions = ({ actions }: { readonly actions: Declared }): void => {
    for (const [name, lines] of Object.entries(actions))
        for (const line of lines) {
            try {
                readNeed(line);
            } catch (error) {
                throw new Error(`actions.${name}: ${(error as Error).message}`, { cause: error });
            }
        }
};

const isAction = (line: string): boolean => {
    try {
        return readNeed(line).length > 0;
    } catch {
        return false;
    }
};

/** The actions that a program declares; undefined where one of them is none, as then nothing is known for sure. */
export const readableActions = (actions: readonly string[]): readonly string[] | undefined =>
    actions.every(isAction) ? actions : undefined;

type Judged = AzureJudgement<{ readonly role: RoleDefinition; readonly scope: string }>;

const kept = new WeakMap<RoleDefinition, Map<string, Judged>>();

/** Judges a role by itself, wherever it is assigned; the same role and actions once. */
const judgeRole = (role: RoleDefinition, actions: readonly string[]): Judged => {
    const ofRole = kept.get(role) ?? new Map<string, Judged>();
    kept.set(role, ofRole);
    const key = actions.join("\n");
    const judgement =
        ofRole.get(key) ??
        judgeAzure(
            [{ role, scope: "/" }],
            actions.map(action => ({ action })),
        );
    ofRole.set(key, judgement);
    return judgement;
};

/** A role of just the actions that are taken is no larger than one of more actions that is less dangerous by its tier. */
const opensMore = ({ closes }: Judged["replaceable"][number]): boolean => closes > 0;

/** What is wrong with a role whose holder takes just these actions. */
export const excessFault = (
    { urn }: RoleRight,
    role: RoleDefinition,
    holder: string,
    actions: readonly string[],
): readonly StackFault[] => {
    const { unneeded, replaceable } = judgeRole(role, actions);
    const taken = actions.length === 0 ? "none" : listed(actions);
    if (unneeded.length > 0)
        return [
            {
                urn,
                message: `role '${role.name}' allows none of the actions that '${holder}' takes (${taken}); expected none`,
            },
        ];
    return replaceable.filter(opensMore).map(({ by, closes }) => {
        const smaller = by.roles.map(({ name }) => name);
        const custom = `a custom role of ${listed([...by.custom.actions, ...by.custom.dataActions])}`;
        const isSafe = smaller.every(name => privilegesOf(findRole(name)).length === 0);
        return {
            urn,
            message: `role '${role.name}' opens ${String(closes)} actions more than '${holder}' needs (${taken}); expected ${isSafe ? `${listed(smaller)} or ${custom}` : custom}`,
            ...(isSafe && { smaller }),
        };
    });
};
