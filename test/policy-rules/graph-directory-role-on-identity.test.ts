import { findDirectoryRole } from "../../access/directory-roles.ts";
import { graphDirectoryRoleOnIdentity } from "../../policy-pack/rules/graph-directory-role-on-identity.ts";
import { ACCOUNT, IDENTITY } from "../policy-grants.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const user: Declared = {
    type: "azuread:index/user:User",
    name: "ada",
    props: { userPrincipalName: "ada@contoso.example" },
};
const given = (role: string, to: Declared | undefined, props: Declared["props"] = {}): Declared => ({
    type: "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment",
    name: "given",
    props: { roleId: role === UNKNOWN ? UNKNOWN : findDirectoryRole(role).id, principalObjectId: UNKNOWN, ...props },
    links: to === undefined ? {} : { principalObjectId: [to] },
});
const eligible = (to: Declared): Declared => ({
    ...given("Exchange Administrator", to),
    type: "azuread:index/directoryRoleEligibilityScheduleRequest:DirectoryRoleEligibilityScheduleRequest",
    props: {
        roleDefinitionId: findDirectoryRole("Exchange Administrator").id,
        principalId: UNKNOWN,
        directoryScopeId: "/",
        justification: "mailboxes",
    },
    links: { principalId: [to] },
});

const group = (name: string): Declared => ({
    type: "azuread:index/group:Group",
    name,
    props: { displayName: name, securityEnabled: true, assignableToRole: true },
});
const member = (of: Declared, who: Declared, name: string): Declared => ({
    type: "azuread:index/groupMember:GroupMember",
    name,
    props: { groupObjectId: UNKNOWN, memberObjectId: UNKNOWN },
    links: { groupObjectId: [of], memberObjectId: [who] },
});

testRule(graphDirectoryRoleOnIdentity, [
    { fact: "takes the role of a person", stack: [user, given("Global Administrator", user)] },
    {
        fact: "takes a role that is limited to an administrative unit or an application",
        stack: [
            IDENTITY,
            given("User Administrator", IDENTITY, { directoryScopeId: "/administrativeUnits/1" }),
            given("Application Administrator", IDENTITY, { appScopeId: "22222222-0000-4000-8000-000000000002" }),
        ],
    },
    {
        fact: "takes a role on an administrative unit that is not there yet, and a person's",
        stack: [
            IDENTITY,
            user,
            given("User Administrator", IDENTITY, { directoryScopeId: UNKNOWN }),
            given("User Administrator", user, { directoryScopeId: UNKNOWN }),
        ],
    },
    {
        fact: "takes the role of a principal that another stack makes",
        stack: [
            given("Exchange Administrator", undefined, { principalObjectId: "11111111-0000-4000-8000-000000000001" }),
        ],
    },
    {
        fact: "finds the role of an identity for the whole directory",
        stack: [IDENTITY, given("Exchange Administrator", IDENTITY)],
        finds: [
            "given: directory role 'Exchange Administrator' is held by identity 'job' for the whole directory; expected application permissions or a narrower scope",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds a role that the identity of a resource can activate",
        stack: [ACCOUNT, eligible(ACCOUNT)],
        finds: [
            "given: directory role 'Exchange Administrator' can be activated by identity 'nightly' for the whole directory; expected application permissions or a narrower scope",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds the role of a group that an identity is in, be it through another, and takes that of one with people",
        stack: [
            IDENTITY,
            user,
            group("admins"),
            group("inner"),
            member(group("admins"), group("inner"), "inner-in"),
            member(group("inner"), IDENTITY, "job-in"),
            member(group("admins"), user, "ada-in"),
            given("Privileged Role Administrator", group("admins")),
        ],
        finds: [
            "given: directory role 'Privileged Role Administrator' is held by identity 'job' through group 'admins' for the whole directory; expected application permissions or a narrower scope",
        ],
        findsOnResource: [],
    },
    {
        fact: "takes a role that is allowed",
        stack: [IDENTITY, given("Directory Readers", IDENTITY)],
        config: { allowed: ["directory readers"] },
    },
    {
        fact: "finds a role that is not known of an identity, and a role of nobody that is told",
        stack: [IDENTITY, given(UNKNOWN, IDENTITY), given("Exchange Administrator", undefined)],
        finds: [
            "given: a directory role is held by identity 'job' for the whole directory; expected application permissions or a narrower scope",
            "given: cannot judge directory role 'Exchange Administrator': nothing tells who holds it",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds a setting that names no role",
        stack: [IDENTITY],
        config: { allowed: ["Directory Reader"] },
        finds: [
            "stack: the rule is configured wrongly: unknown directory role 'Directory Reader'; did you mean 'Directory Readers'?",
        ],
        findsOnResource: [
            "job: the rule is configured wrongly: unknown directory role 'Directory Reader'; did you mean 'Directory Readers'?",
        ],
    },
]);
