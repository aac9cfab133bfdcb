import { graphPermissionRedundant } from "../../policy-pack/rules/graph-permission-redundant.ts";
import { ACCOUNT, IDENTITY, permission } from "../policy-grants.ts";
import { testRule, UNKNOWN } from "../policy-support.ts";

testRule(graphPermissionRedundant, [
    {
        fact: "takes permissions that each allow something",
        stack: [
            IDENTITY,
            permission("users", "User.Read.All", IDENTITY),
            permission("mail", "Mail.Send", IDENTITY),
            permission("logs", "AuditLog.Read.All", IDENTITY),
        ],
    },
    {
        fact: "takes the same permission of two identities",
        stack: [
            IDENTITY,
            ACCOUNT,
            permission("a", "User.Read.All", IDENTITY),
            permission("b", "User.ReadWrite.All", ACCOUNT),
        ],
    },
    {
        fact: "finds what a larger permission of the same identity allows too",
        stack: [
            IDENTITY,
            permission("reads", "User.Read.All", IDENTITY),
            permission("writes", "User.ReadWrite.All", IDENTITY),
        ],
        finds: [
            "reads: permission 'User.Read.All' allows nothing beside 'User.ReadWrite.All'; expected one or the other",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds a permission that is granted twice, which Entra refuses",
        stack: [IDENTITY, permission("one", "User.Read.All", IDENTITY), permission("two", "User.Read.All", IDENTITY)],
        finds: ["two: permission 'User.Read.All' is granted by 'one' already; expected it once"],
        findsOnResource: [],
    },
    {
        fact: "finds a permission that is not known beside others",
        stack: [IDENTITY, permission("users", "User.Read.All", IDENTITY), permission("hidden", UNKNOWN, IDENTITY)],
        finds: ["hidden: cannot judge the permission: 'appRoleId' is not known before its resources exist"],
        findsOnResource: [],
    },
]);
