import { graphPermissionMissing } from "../../policy-pack/rules/graph-permission-missing.ts";
import { ACCOUNT, IDENTITY, permission, runbook } from "../policy-grants.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const calls = { job: ["GET /users", "POST /users/{id}/sendMail"] };
const UNREADABLE = "Connect-MgGraph -Identity\nInvoke-MgGraphRequest -Method GET -Uri $env:TARGET\nGet-MgGroup -All\n";
const directoryRole: Declared = {
    type: "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment",
    name: "readers",
    props: { roleId: "88d8e3e3-8f55-4a1e-953a-9b9898b8876b", principalObjectId: UNKNOWN },
    links: { principalObjectId: [IDENTITY] },
};

const ofAnother: Declared["props"] = {
    ...permission("users", "User.Read.All", IDENTITY).props,
    principalObjectId: "11111111-0000-4000-8000-000000000001",
};

testRule(graphPermissionMissing, [
    {
        fact: "takes an identity whose permissions allow its calls",
        stack: [IDENTITY, permission("users", "User.Read.All", IDENTITY), permission("mail", "Mail.Send", IDENTITY)],
        config: { calls },
    },
    {
        fact: "takes an identity that this stack grants nothing on Graph, as another may",
        stack: [IDENTITY],
        config: { calls },
    },
    {
        fact: "takes an identity whose calls are not known, and one that a directory role allows more",
        stack: [
            ACCOUNT,
            permission("all", "User.Read.All", ACCOUNT),
            IDENTITY,
            permission("users", "User.Read.All", IDENTITY),
            directoryRole,
        ],
        config: { calls },
    },
    {
        fact: "takes an identity that the stack does not make, as it may hold more",
        stack: [{ ...permission("users", "User.Read.All", IDENTITY), props: ofAnother, links: {} }],
        config: { calls: { "11111111*": ["GET /groups"] } },
    },
    {
        fact: "takes calls of a runbook that signs in as somebody else",
        stack: [
            ACCOUNT,
            ...runbook(
                "groups",
                "Connect-MgGraph -ClientId $c -TenantId $t -CertificateThumbprint $p\nGet-MgGroup -All\n",
            ),
            permission("users", "User.Read.All", ACCOUNT),
        ],
    },
    {
        fact: "finds a call that no permission allows, on the identity",
        stack: [IDENTITY, permission("users", "User.Read.All", IDENTITY)],
        config: { calls },
        finds: [
            "job: 'job' makes calls that none of its permissions allows ('POST /users/{id}/sendMail'); expected 'Mail.Send'",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds a call of a runbook, also where more of it cannot be read",
        stack: [ACCOUNT, ...runbook("groups", UNREADABLE), permission("users", "User.Read.All", ACCOUNT)],
        finds: [
            "nightly: 'nightly' makes calls that none of its permissions allows ('GET /groups'); expected 'Group.ReadBasic.All'",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds a permission that is not known, which may be the one that is missing",
        stack: [IDENTITY, permission("users", "User.Read.All", IDENTITY), permission("hidden", UNKNOWN, IDENTITY)],
        config: { calls },
        finds: ["hidden: cannot judge the permission: 'appRoleId' is not known before its resources exist"],
        findsOnResource: [],
    },
]);
