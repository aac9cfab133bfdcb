import { graphPermissionUnneeded } from "../../policy-pack/rules/graph-permission-unneeded.ts";
import { ACCOUNT, IDENTITY, permission, runbook } from "../policy-grants.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const READS_USERS =
    "Connect-MgGraph -Identity\nInvoke-MgGraphRequest -Method GET -Uri '/v1.0/users?$select=id,department'\n";
const calls = { job: ["GET /users?$select=id,department"] };

/** What a component of Leastwise says its grants are for: words, and no more than that. */
const declaring = (granted: readonly (readonly [name: string, calls: readonly string[]])[]): Declared[] =>
    granted.map(([name, lines]) => {
        const made = permission(name, name, IDENTITY);
        const grants = [{ kind: "api", appRoleId: made.props["appRoleId"], calls: lines }];
        const parent: Declared = { type: "leastwise:index:ApiGrants", name: `${name}-grants`, props: { grants } };
        return { ...made, parent };
    });

/** A resource that acts with the identity, and as the type says with one of its own. */
const acting = (host: Declared, type: string): Declared => ({
    ...host,
    props: { ...host.props, identity: { type, userAssignedIdentities: [UNKNOWN] } },
    links: { identity: [IDENTITY] },
});

testRule(graphPermissionUnneeded, [
    {
        fact: "takes permissions of an identity whose calls are not known",
        stack: [IDENTITY, permission("all", "Directory.Read.All", IDENTITY), ACCOUNT],
    },
    {
        fact: "takes the least for the calls that are declared",
        stack: [IDENTITY, permission("users", "User.Read.All", IDENTITY)],
        config: { calls },
    },
    {
        fact: "takes the least for what the runbooks do",
        stack: [ACCOUNT, ...runbook("report", READS_USERS), permission("users", "User.Read.All", ACCOUNT)],
    },
    {
        fact: "finds what serves no call that is declared, with the smaller set",
        stack: [IDENTITY, permission("users", "User.Read.All", IDENTITY), permission("mail", "Mail.Send", IDENTITY)],
        config: { calls },
        finds: [
            "mail: permission 'Mail.Send' serves no call that 'job' makes ('GET /users'); expected 'User.Read.All'",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds a permission that opens more than a smaller one that would do",
        stack: [IDENTITY, permission("all", "Directory.Read.All", IDENTITY)],
        config: { calls },
        finds: [
            "all: permission 'Directory.Read.All' opens 142 calls more than 'job' needs ('GET /users'); expected 'User.Read.All'",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds a permission whose calls another one allows too",
        stack: [
            IDENTITY,
            permission("users", "User.Read.All", IDENTITY),
            permission("all", "Directory.Read.All", IDENTITY),
        ],
        config: { calls },
        finds: [
            "all: permission 'Directory.Read.All' serves only calls that 'User.Read.All' allows too ('GET /users'); expected just that",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds what no runbook of the account needs",
        stack: [
            ACCOUNT,
            ...runbook("report", READS_USERS),
            permission("users", "User.Read.All", ACCOUNT),
            permission("groups", "Group.Read.All", ACCOUNT),
        ],
        finds: [
            "groups: permission 'Group.Read.All' serves no call that 'nightly' makes ('GET /users'); expected 'User.Read.All'",
        ],
        findsOnResource: [],
    },
    {
        fact: "takes what may serve a call that no table has for applications",
        stack: [IDENTITY, permission("printers", "Printer.Read.All", IDENTITY)],
        config: { calls: { job: ["GET /print/printers"] } },
    },
    {
        fact: "takes what a command of a module may need whose code is elsewhere",
        stack: [
            ACCOUNT,
            ...runbook("report", `${READS_USERS}Sync-ContosoGroups -All\n`),
            permission("groups", "Group.Read.All", ACCOUNT),
        ],
    },
    {
        fact: "takes what a runbook may need that cannot be read to its end, or whose text is elsewhere",
        stack: [
            ACCOUNT,
            ...runbook("report", READS_USERS),
            ...runbook("rest", "Connect-MgGraph -Identity\nInvoke-MgGraphRequest -Method GET -Uri $env:TARGET\n"),
            permission("groups", "Group.Read.All", ACCOUNT),
        ],
    },
    {
        fact: "takes what an identity may need that acts for something else too",
        stack: [
            IDENTITY,
            acting(ACCOUNT, "UserAssigned"),
            acting({ type: "azure-native:web:WebApp", name: "site", props: {} }, "UserAssigned"),
            ...runbook("report", READS_USERS, acting(ACCOUNT, "UserAssigned")),
            permission("groups", "Group.Read.All", IDENTITY),
        ],
    },
    {
        fact: "takes what any of several identities of an account may need",
        stack: [
            IDENTITY,
            acting(ACCOUNT, "SystemAssigned, UserAssigned"),
            ...runbook("report", READS_USERS, acting(ACCOUNT, "SystemAssigned, UserAssigned")),
            permission("groups", "Group.Read.All", IDENTITY),
            permission("mail", "Mail.Send", ACCOUNT),
        ],
    },
    {
        fact: "finds what no runbook needs of an identity that acts for the account alone",
        stack: [
            IDENTITY,
            acting(ACCOUNT, "UserAssigned"),
            ...runbook("report", READS_USERS, acting(ACCOUNT, "UserAssigned")),
            permission("groups", "Group.Read.All", IDENTITY),
        ],
        finds: [
            "groups: permission 'Group.Read.All' serves no call that 'job' makes ('GET /users'); expected 'User.Read.All'",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds a grant that the calls it is declared for do not need, others of its holder being unknown",
        stack: [
            IDENTITY,
            ...declaring([["Mail.Send", ["GET /users"]]]),
            permission("groups", "Group.Read.All", IDENTITY),
        ],
        finds: [
            "Mail.Send: permission 'Mail.Send' serves no call that 'job' makes ('GET /users'); expected 'User.ReadBasic.All'",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds a permission that is not known of an identity whose calls are",
        stack: [IDENTITY, permission("hidden", UNKNOWN, IDENTITY)],
        config: { calls },
        finds: ["hidden: cannot judge the permission: 'appRoleId' is not known before its resources exist"],
        findsOnResource: [],
    },
]);
