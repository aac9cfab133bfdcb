import type { Principal, Right } from "../../access/model.ts";
import { isDecided } from "../../access/model.ts";
import { rule } from "../rule.ts";

type Explained = Extract<Right, { readonly kind: "permission" | "role" | "directory-role" }>;

const isExplained = (right: Right): right is Explained => ["permission", "role", "directory-role"].includes(right.kind);

const isPeople = ({ kind }: Principal): boolean => kind === "user" || kind === "group";

const nameOf = (right: Explained): string => {
    const what = right.kind === "permission" ? right.permission : right.role;
    const noun = right.kind === "permission" ? "permission" : "role";
    return isDecided(what) ? `${noun} '${what}'` : `a ${noun}`;
};

const NEITHER = "a reason or owner";

const lacks = ({ reason, owner }: Right, wanted: string): string | undefined => {
    const [hasReason, hasOwner] = [reason, owner].map(text => text !== undefined && text.trim() !== "");
    if (wanted === "both")
        return hasReason && hasOwner ? undefined : hasReason ? "an owner" : hasOwner ? "a reason" : NEITHER;
    if (wanted === "reason") return hasReason ? undefined : "a reason";
    return hasReason || hasOwner ? undefined : NEITHER;
};

export const grantWithoutReason = rule({
    name: "grant-without-reason",
    description: "A grant says what it is for, or who answers for it.",
    severity: "low",
    controls: { mcsb: "PA-4" },
    remediationSteps:
        "Say why in the description of the role assignment, or declare the grant with a reason and an owner in Leastwise's components.",
    judges: "stack",
    needs: [],
    options: {
        wanted: {
            type: "string",
            enum: ["either", "reason", "both"],
            default: "either",
            description: "What a grant has to say: a reason, both reason and owner, or either of them.",
        },
        kinds: {
            type: "array",
            items: { type: "string" },
            default: ["role"],
            description:
                "Kinds of grants that are asked: 'role', 'permission', 'directory-role'. Azure keeps a description of roles alone.",
        },
    },
    prepare: ({ kinds }) => {
        const wrong = kinds.find(kind => !["role", "permission", "directory-role"].includes(kind));
        if (wrong !== undefined)
            throw new Error(`kinds: '${wrong}' is no kind of grant; expected 'role', 'permission' or 'directory-role'`);
    },
    check: ({ model }, { wanted, kinds }) => {
        const people = new Set(model.principals.filter(isPeople).map(({ key }) => key));
        return model.rights.filter(isExplained).flatMap(right => {
            if (people.has(right.holder)) return [];
            const lacking = kinds.includes(right.kind) ? lacks(right, wanted) : undefined;
            return lacking === undefined
                ? []
                : [{ urn: right.urn, message: `${nameOf(right)} is granted without ${lacking}` }];
        });
    },
});
