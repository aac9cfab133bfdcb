import type {
    ActionAnswer,
    Answer,
    CallAnswer,
    CmdletAnswer,
    PermissionAnswer,
    RoleAnswer,
} from "./explain-answers.ts";
import { counted, facts, firstOf, heading, tierInWords } from "./text-layout.ts";

const SHOWN = 12;

const STATES = {
    enabled: "",
    hidden: "hidden: not shown in portals, but can be granted",
    disabled: "disabled: cannot be granted",
} as const;

const block = (title: string, pairs: Parameters<typeof facts>[0]): string => `${heading(title)}\n${facts(pairs)}`;

/** The calls people know best: those with the shortest paths. */
const plainestFirst = (calls: readonly string[]): readonly string[] =>
    calls.toSorted((a, b) => a.split("/").length - b.split("/").length);

const permissionText = ({ name, id, api, tier, state, reach, calls }: PermissionAnswer): string => {
    const writes = (calls ?? []).filter(call => !call.startsWith("GET ")).length;
    return block(name, [
        ["what", `application permission on ${api.name}`],
        ["id", id],
        ["danger", tierInWords(tier)],
        ["state", STATES[state]],
        [
            "opens",
            reach === undefined
                ? "calls of this API are not in the tables"
                : `${counted(reach, "call")}, ${writes} of them not only reading`,
        ],
        ["such as", firstOf(plainestFirst(calls ?? []), SHOWN)],
    ]);
};

const patterns = (
    role: RoleAnswer,
    list: "actions" | "notActions" | "dataActions" | "notDataActions",
): readonly string[] => firstOf([...new Set(role.permissions.flatMap(permission => permission[list]))], SHOWN);

const roleText = (role: RoleAnswer): string =>
    block(role.name, [
        ["what", "built-in Azure role"],
        ["id", role.id],
        ["danger", tierInWords(role.tier)],
        ["gives rights away", role.canAssignRoles ? "yes: it can write role assignments or role definitions" : "no"],
        [
            "opens",
            `${counted(role.actions, "known action")} and ${counted(role.dataActions, "data action")}, ${role.writes} of them not only reading`,
        ],
        [
            "mostly in",
            firstOf(
                role.providers.slice(0, 5).map(({ provider, actions }) => `${provider}: ${actions}`),
                5,
            ),
        ],
        ["under a condition", firstOf(role.conditional, SHOWN)],
        ["actions", patterns(role, "actions")],
        ["except", patterns(role, "notActions")],
        ["data actions", patterns(role, "dataActions")],
        ["except data", patterns(role, "notDataActions")],
    ]);

const callText = (answer: CallAnswer): string =>
    block(answer.call, [
        ["what", "Microsoft Graph call"],
        ["least", answer.permissions.join(" and ")],
        ["danger", answer.perPermission.map(({ name, tier }) => `${tierInWords(tier)} (${name})`)],
        ["opens", answer.permissions.length === 0 ? "" : counted(answer.reach, "call")],
        ["no permission", answer.unmatched.map(({ why }) => why)],
        [
            "allowed by",
            firstOf(
                answer.allowedBy.map(option => option.join(" and ")),
                SHOWN,
            ),
        ],
    ]);

const cmdletText = ({ name, calls }: CmdletAnswer): string =>
    block(name, [
        ["what", "cmdlet of the Microsoft Graph PowerShell SDK"],
        ["makes", calls.length === 1 ? "this call" : "one of these calls, depending on its parameters"],
        ...calls.map(({ call, permissions, why }): readonly [string, readonly string[]] => [
            "call",
            [call, why === null ? `needs ${permissions.join(" and ")}` : why],
        ]),
    ]);

const spelling = (nearest: string | null): string =>
    `no source lists it, a wildcard covers it${nearest === null ? "" : `; did you mean '${nearest}'?`}`;

const actionText = (answer: ActionAnswer): string =>
    block(answer.asked, [
        [
            "what",
            answer.actions.map(({ kind }) =>
                kind === "action" ? "Azure action, control plane" : "Azure action, data plane",
            ),
        ],
        ["action", answer.actions.map(({ action }) => action)],
        ["danger", answer.actions.map(({ tier }) => (tier === null ? "not classified on its own" : tierInWords(tier)))],
        ["allowed by", answer.actions.map(({ allowedBy }) => counted(allowedBy, "built-in role"))],
        ["least role", answer.roles.map(({ name, excess }) => `${name} (opens ${counted(excess, "action")} beyond)`)],
        ["not covered", answer.why],
        ["spelling", answer.actions.filter(({ known }) => !known).map(({ nearest }) => spelling(nearest))],
    ]);

/** One explained thing, for people. */
export const oneText = (answer: Answer): string => {
    switch (answer.kind) {
        case "permission":
            return permissionText(answer);
        case "role":
            return roleText(answer);
        case "call":
            return callText(answer);
        case "cmdlet":
            return cmdletText(answer);
        case "action":
            return actionText(answer);
    }
};
