import { findDirectoryRole } from "../../access/directory-roles.ts";
import type { Person } from "../adapter/people.ts";
import type { DirectoryRoleSubject } from "../adapter/subject-grants.ts";
import { isKnown } from "../adapter/value.ts";
import { isListedPrincipal } from "../principal-kind.ts";
import { rule } from "../rule.ts";
import { isLimited, roleWords } from "../whole-directory.ts";

const CONTROL_PLANE = 0;

/** Why nothing tells whether a role is of the control plane. */
const undecidedOf = ({ role, template }: DirectoryRoleSubject): string | undefined => {
    if (!isKnown(role)) return role.why;
    return isKnown(template) && template !== undefined ? undefined : "no table has it";
};

const isTaken = ({ template, scope }: DirectoryRoleSubject, allowed: readonly string[]): boolean => {
    if (isLimited(scope)) return true;
    if (!isKnown(template) || template === undefined) return false;
    return (
        findDirectoryRole(template).tier !== CONTROL_PLANE ||
        allowed.some(each => findDirectoryRole(each).id === template)
    );
};

/** Who holds a role as none should, and what is said of it. */
interface Holding {
    readonly who: string;
    readonly fault: (role: string) => string;
}

const ofGuest = ({ principal, isStanding }: Person, { holder, activation }: DirectoryRoleSubject): Holding => {
    const through = principal.key === holder.key ? "" : ` through group '${holder.name}'`;
    const who = `guest '${principal.name}'${through}`;
    return activation === "active" && isStanding
        ? {
              who,
              fault: role =>
                  `${role} is held by ${who}; expected a member of the directory, and a role that has to be activated first`,
          }
        : { who, fault: role => `${role} can be held by ${who}; expected a member of the directory` };
};

const ofHolder = ({ holder }: DirectoryRoleSubject): Holding => {
    const who = `${holder.kind === "user" ? "user" : "group"} '${holder.name}'`;
    return { who, fault: role => `${role} is held by ${who} for good; expected a role that has to be activated first` };
};

/** Each guest, and the holder itself where others are in it that need not activate the role. */
const holdingsOf = (subject: DirectoryRoleSubject, people: readonly Person[]): readonly Holding[] => {
    const guests = people.filter(({ isGuest }) => isGuest).map(each => ofGuest(each, subject));
    const isStanding = subject.activation === "active" && people.some(each => each.isStanding && !each.isGuest);
    return isStanding ? [...guests, ofHolder(subject)] : guests;
};

export const graphDirectoryRoleStanding = rule({
    name: "graph-directory-role-standing",
    description: "No guest holds a directory role of the control plane, and no other person holds one for good.",
    severity: "medium",
    controls: { mcsb: "PA-2" },
    remediationSteps:
        "Make people eligible for the role (azuread.DirectoryRoleEligibilityScheduleRequest), give guests none, or list the accounts for emergencies under 'allowedPrincipals'.",
    judges: "directory-role",
    needs: [],
    options: {
        allowed: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Directory roles that anybody may hold for good, by name or template id.",
        },
        allowedPrincipals: {
            type: "array",
            items: { type: "string" },
            default: [],
            description:
                "People and groups that may hold any for good, such as the accounts for emergencies, by name, URN or object id; `*` stands for any characters.",
        },
    },
    prepare: ({ allowed }) => {
        for (const each of allowed) findDirectoryRole(each);
    },
    check: (subject, { allowed, allowedPrincipals }) => {
        const { role, holder, people } = subject;
        if (isTaken(subject, allowed) || isListedPrincipal(allowedPrincipals, holder)) return [];
        const judged = people.filter(({ principal }) => !isListedPrincipal(allowedPrincipals, principal));
        const undecided = undecidedOf(subject);
        const what = isKnown(role) ? roleWords(role) : "the directory role";
        return holdingsOf(subject, judged).map(({ who, fault }) =>
            undecided === undefined ? fault(what) : `cannot judge ${what} of ${who}: ${undecided}`,
        );
    },
});
