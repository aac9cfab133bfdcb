import { appRoles, isResourceSpecific, MICROSOFT_GRAPH } from "./apis.ts";

/** A way to give less than all resources of a kind, in the words that end `expected …`. */
export interface ScopedWay {
    readonly way: string;
    readonly page: string;
    /**
     * `always`: the same calls on fewer resources. `maybe`: only for some uses of the permission.
     * `application`: only for an application of your own, not for a managed identity.
     */
    readonly suits: "always" | "maybe" | "application";
}

interface Family extends ScopedWay {
    readonly apis: readonly string[];
    readonly permissions: RegExp;
}

const EXCHANGE = "00000002-0000-0ff1-ce00-000000000000";
const SHAREPOINT = "00000003-0000-0ff1-ce00-000000000000";

const UNITS = {
    apis: [MICROSOFT_GRAPH],
    way: "assign a directory role on an administrative unit that holds only the users, groups or devices meant",
    page: "https://learn.microsoft.com/entra/identity/role-based-access-control/administrative-units",
} as const;

/** Ways that hold for whole families of permissions. */
const FAMILIES: readonly Family[] = [
    {
        apis: [MICROSOFT_GRAPH, SHAREPOINT],
        permissions: /^(Sites|Files|Lists)\.(Read|ReadWrite|Manage|FullControl)\.All$/,
        way: "grant Sites.Selected (or Lists., ListItems., Files.SelectedOperations.Selected) and then each site, list or file by itself",
        page: "https://learn.microsoft.com/graph/permissions-selected-overview",
        suits: "always",
    },
    {
        apis: [MICROSOFT_GRAPH, EXCHANGE],
        permissions:
            /^(Mail|Calendars|Contacts|MailboxSettings|MailboxFolder|MailboxItem|MailboxConfigItem)\.|^(full_access_as_app|SMTP\.SendAsApp)$/,
        way: "grant nothing in Entra and assign the application role on a scope of mailboxes with RBAC for Applications in Exchange Online",
        page: "https://learn.microsoft.com/exchange/permissions-exo/application-rbac",
        suits: "always",
    },
    {
        apis: [MICROSOFT_GRAPH],
        permissions: /^(OnlineMeeting(s|Artifact|Recording|Transcript)|VirtualEvent)\.[^.]+\.All$/,
        way: "limit it to the meetings of named users with an application access policy",
        page: "https://learn.microsoft.com/graph/cloud-communication-online-meeting-application-access-policy",
        suits: "maybe",
    },
    {
        ...UNITS,
        permissions:
            /^(User|User-(Mail|PasswordProfile|Phone)|UserAuthenticationMethod|Group|GroupMember|Device)\.ReadWrite\.All$|^User\.(ManageIdentities|EnableDisableAccount|RevokeSessions)\.All$/,
        suits: "always",
    },
    {
        ...UNITS,
        permissions:
            /^(User|User-\w+|UserAuthenticationMethod|Group|GroupMember|Device)\.(Read|ReadWrite|ManageIdentities|EnableDisableAccount)/,
        suits: "maybe",
    },
];

/** Endings of app roles that reach less than `.All`, what they reach, and where that is said. */
const LESSER: readonly (readonly [ending: string, reaches: string])[] = [
    [".OwnedBy", "what the identity owns"],
    [".ManagedBy", "what the identity manages"],
    [".WhereInstalled", "chats that its Teams app is installed in"],
];

/** `TeamsTab.ReadWriteForTeam.All` has a lesser form for the app's own tabs, `TeamsTab.ReadWriteSelfForTeam.All`. */
const selfForm = (name: string): string => name.replace(/(?<!Self|Selected)(?=For(Chat|Team|User)\.All$)/, "Self");

const grantable = (name: string): boolean =>
    appRoles(MICROSOFT_GRAPH).some(role => role.name === name && role.state !== "disabled");

const lesserRoles = (name: string): ScopedWay[] => {
    const stem = name.replace(/\.All$/, "");
    const lesser = LESSER.map(([ending, reaches]) => ({ role: `${stem}${ending}`, reaches }));
    return [...lesser, { role: selfForm(name), reaches: "what its Teams app itself has put there" }]
        .filter(({ role }) => role !== name && grantable(role))
        .map(({ role, reaches }) => ({
            way: `grant ${role}, which reaches ${reaches}`,
            page: `https://learn.microsoft.com/graph/permissions-reference#${role.toLowerCase().replaceAll(/[^a-z]/g, "")}`,
            suits: "always",
        }));
};

const perResource = (name: string): ScopedWay[] => {
    const stem = name.replace(/\.All$/, "");
    const names = ["Group", "Chat", "User"].map(kind => `${stem}.${kind}`).filter(isResourceSpecific);
    return names.map(each => ({
        way: `have ${each} consented per team, chat or user by resource-specific consent of a Teams app`,
        page: "https://learn.microsoft.com/microsoftteams/platform/graph-api/rsc/resource-specific-consent",
        suits: "application",
    }));
};

/** Ways of families alone. */
export const familyWays = (appId: string, permission: string): readonly ScopedWay[] =>
    FAMILIES.filter(({ apis, permissions }) => apis.includes(appId) && permissions.test(permission));

/** The ways to give, in place of a permission on all resources of a kind, the same on some of them; the best first. */
export const scopedWays = (appId: string, permission: string): readonly ScopedWay[] => [
    ...(appId === MICROSOFT_GRAPH ? lesserRoles(permission) : []),
    ...familyWays(appId, permission),
    ...(appId === MICROSOFT_GRAPH ? perResource(permission) : []),
];
