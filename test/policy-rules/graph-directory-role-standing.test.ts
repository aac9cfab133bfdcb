import { findDirectoryRole } from "../../access/directory-roles.ts";
import { graphDirectoryRoleStanding } from "../../policy-pack/rules/graph-directory-role-standing.ts";
import { IDENTITY } from "../policy-grants.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const BY_ACTIVATION = "expected a role that has to be activated first";
const OF_DIRECTORY = "expected a member of the directory, and a role that has to be activated first";
const NO_GUEST = "expected a member of the directory";

const ada: Declared = {
    type: "azuread:index/user:User",
    name: "ada",
    props: { userPrincipalName: "ada@contoso.example" },
};
const partner: Declared = {
    type: "azuread:index/invitation:Invitation",
    name: "partner",
    props: { userEmailAddress: "kim@partner.example", redirectUrl: "https://portal.azure.com" },
};
const external: Declared = {
    ...ada,
    name: "external",
    props: { userPrincipalName: "kim_partner.example#EXT#@contoso.example" },
};

const given = (role: string, to: Declared | undefined, props: Declared["props"] = {}): Declared => ({
    type: "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment",
    name: "given",
    props: { roleId: role === UNKNOWN ? UNKNOWN : findDirectoryRole(role).id, principalObjectId: UNKNOWN, ...props },
    links: to === undefined ? {} : { principalObjectId: [to] },
});
const memberOf = (roleObjectId: string, who: Declared, role?: Declared): Declared => ({
    type: "azuread:index/directoryRoleMember:DirectoryRoleMember",
    name: "given",
    props: { roleObjectId, memberObjectId: UNKNOWN },
    links: { memberObjectId: [who], ...(role && { roleObjectId: [role] }) },
});
const eligible = (role: string, to: Declared): Declared => ({
    type: "azuread:index/directoryRoleEligibilityScheduleRequest:DirectoryRoleEligibilityScheduleRequest",
    name: "given",
    props: {
        roleDefinitionId: role === UNKNOWN ? UNKNOWN : findDirectoryRole(role).id,
        principalId: UNKNOWN,
        directoryScopeId: "/",
        justification: "on call",
    },
    links: { principalId: [to] },
});

const group = (name: string): Declared => ({
    type: "azuread:index/group:Group",
    name,
    props: { displayName: name, securityEnabled: true, assignableToRole: true },
});
const member = (of: Declared, who: Declared): Declared => ({
    type: "azuread:index/groupMember:GroupMember",
    name: `${who.name}-in`,
    props: { groupObjectId: UNKNOWN, memberObjectId: UNKNOWN },
    links: { groupObjectId: [of], memberObjectId: [who] },
});
const scheduled = (kind: "Assignment" | "Eligibility", of: Declared, who: Declared, props: object): Declared => ({
    type: `azuread:index/privilegedAccessGroup${kind}Schedule:PrivilegedAccessGroup${kind}Schedule`,
    name: `${who.name}-in`,
    props: { groupId: UNKNOWN, principalId: UNKNOWN, assignmentType: "member", ...props },
    links: { groupId: [of], principalId: [who] },
});
const admins = group("admins");
const custom: Declared = {
    type: "azuread:index/customDirectoryRole:CustomDirectoryRole",
    name: "custom",
    props: { displayName: "Application operators" },
};

testRule(graphDirectoryRoleStanding, [
    {
        fact: "takes a role of the control plane that a person has to activate, and one below it for good",
        stack: [ada, eligible("Global Administrator", ada), { ...given("Exchange Administrator", ada), name: "mail" }],
    },
    {
        fact: "takes a role that is limited to an administrative unit or an application, also while its scope is not known",
        stack: [
            ada,
            given("User Administrator", ada, { directoryScopeId: "/administrativeUnits/1" }),
            given("User Administrator", ada, { directoryScopeId: UNKNOWN }),
            given("Application Administrator", partner, { appScopeId: "22222222-0000-4000-8000-000000000002" }),
        ],
    },
    {
        fact: "leaves an identity, a group of identities alone, and a principal that is not told, to the rule over them",
        stack: [
            IDENTITY,
            given("Global Administrator", IDENTITY),
            admins,
            member(admins, IDENTITY),
            { ...given("Global Administrator", admins), name: "of-group" },
            { ...given("Global Administrator", undefined), name: "of-nobody" },
        ],
    },
    {
        fact: "leaves a principal that another stack makes alone",
        stack: [
            given("Global Administrator", undefined, { principalObjectId: "11111111-0000-4000-8000-000000000001" }),
        ],
    },
    {
        fact: "takes a role that a guest holds below the control plane",
        stack: [
            partner,
            given("Exchange Administrator", partner),
            { ...eligible("Reports Reader", partner), name: "e" },
        ],
    },
    {
        fact: "takes the role of a group that people are in by activation or for a time",
        stack: [
            ada,
            external,
            admins,
            scheduled("Eligibility", admins, ada, { permanentAssignment: true }),
            scheduled("Assignment", admins, { ...ada, name: "eve" }, { duration: "P30D" }),
            given("Global Administrator", admins),
        ],
    },
    {
        fact: "finds a role that a person holds for good",
        stack: [ada, given("Global Administrator", ada)],
        finds: [`given: directory role 'Global Administrator' is held by user 'ada' for good; ${BY_ACTIVATION}`],
        findsOnResource: [],
    },
    {
        fact: "finds a role that a guest holds, or can activate",
        stack: [
            partner,
            external,
            given("Cloud Application Administrator", partner),
            { ...eligible("Global Administrator", external), name: "on-call" },
        ],
        finds: [
            `given: directory role 'Cloud Application Administrator' is held by guest 'partner'; ${OF_DIRECTORY}`,
            `on-call: directory role 'Global Administrator' can be held by guest 'external'; ${NO_GUEST}`,
        ],
        findsOnResource: [],
    },
    {
        fact: "takes who is said to be a member of the directory for no guest",
        stack: [
            { ...partner, props: { ...partner.props, userType: "Member" } },
            eligible("Global Administrator", { ...partner, props: { ...partner.props, userType: "Member" } }),
        ],
    },
    {
        fact: "takes a user that is said to be a guest for one",
        stack: [
            { ...ada, props: { ...ada.props, userType: "Guest" } },
            eligible("Global Administrator", { ...ada, props: { ...ada.props, userType: "Guest" } }),
        ],
        finds: [`given: directory role 'Global Administrator' can be held by guest 'ada'; ${NO_GUEST}`],
        findsOnResource: [],
    },
    {
        fact: "finds the role of a group that people are in, once for all of them, and of each guest in it",
        stack: [
            ada,
            IDENTITY,
            partner,
            admins,
            group("inner"),
            member(admins, group("inner")),
            member(group("inner"), ada),
            member(admins, { ...ada, name: "eve" }),
            member(admins, IDENTITY),
            scheduled("Eligibility", admins, partner, { permanentAssignment: true }),
            given("Global Administrator", admins),
        ],
        finds: [
            `given: directory role 'Global Administrator' can be held by guest 'partner' through group 'admins'; ${NO_GUEST}`,
            `given: directory role 'Global Administrator' is held by group 'admins' for good; ${BY_ACTIVATION}`,
        ],
        findsOnResource: [],
    },
    {
        fact: "finds the role of a group of which the stack does not tell who is in it",
        stack: [admins, given("Global Administrator", admins)],
        finds: [`given: directory role 'Global Administrator' is held by group 'admins' for good; ${BY_ACTIVATION}`],
        findsOnResource: [],
    },
    {
        fact: "finds a role that is not known of people, and takes it where a member of the directory has to activate it",
        stack: [
            ada,
            partner,
            given(UNKNOWN, ada),
            { ...eligible(UNKNOWN, partner), name: "of-guest" },
            { ...eligible(UNKNOWN, ada), name: "of-member" },
        ],
        finds: [
            "given: cannot judge the directory role of user 'ada': 'roleId' is not known before its resources exist",
            "of-guest: cannot judge the directory role of guest 'partner': 'roleDefinitionId' is not known before its resources exist",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds a role that no table has, by its id in this tenant or of the stack's own",
        stack: [
            ada,
            partner,
            custom,
            memberOf("77777777-0000-4000-8000-000000000007", partner),
            { ...given(UNKNOWN, ada), name: "own", links: { principalObjectId: [ada], roleId: [custom] } },
        ],
        finds: [
            "given: cannot judge directory role '77777777-0000-4000-8000-000000000007' of guest 'partner': no table has it",
            "own: cannot judge directory role 'Application operators' of user 'ada': no table has it",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds the role that a resource of the stack activates",
        stack: [
            ada,
            memberOf(UNKNOWN, ada, {
                type: "azuread:index/directoryRole:DirectoryRole",
                name: "role",
                props: { displayName: "Global Administrator" },
            }),
        ],
        finds: [`given: directory role 'Global Administrator' is held by user 'ada' for good; ${BY_ACTIVATION}`],
        findsOnResource: [],
    },
    {
        fact: "takes roles and principals that are allowed, and finds a guest who is not",
        stack: [
            ada,
            partner,
            given("Global Reader", ada),
            { ...ada, name: "emergency-1" },
            { ...given("Global Administrator", { ...ada, name: "emergency-1" }), name: "break-glass" },
            { ...given("Global Administrator", partner), name: "other" },
        ],
        config: { allowed: ["global reader"], allowedPrincipals: ["Emergency-*"] },
        finds: [`other: directory role 'Global Administrator' is held by guest 'partner'; ${OF_DIRECTORY}`],
        findsOnResource: [],
    },
    {
        fact: "takes a group whose people are allowed, and finds it where one is not",
        stack: [
            ada,
            admins,
            member(admins, { ...ada, name: "emergency-1" }),
            given("Global Administrator", admins),
            group("others"),
            member(group("others"), ada),
            { ...given("Global Administrator", group("others")), name: "of-others" },
        ],
        config: { allowedPrincipals: ["emergency-*"] },
        finds: [
            `of-others: directory role 'Global Administrator' is held by group 'others' for good; ${BY_ACTIVATION}`,
        ],
        findsOnResource: [],
    },
    {
        fact: "finds a setting that names no role",
        stack: [ada],
        config: { allowed: ["Global Administrators"] },
        finds: [
            "stack: the rule is configured wrongly: unknown directory role 'Global Administrators'; did you mean 'Global Administrator'?",
        ],
        findsOnResource: [
            "ada: the rule is configured wrongly: unknown directory role 'Global Administrators'; did you mean 'Global Administrator'?",
        ],
    },
]);
