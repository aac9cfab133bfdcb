import { graphWriteWhereRead } from "../../policy-pack/rules/graph-write-where-read.ts";
import { ACCOUNT, IDENTITY, permission, runbook } from "../policy-grants.ts";
import { testRule, UNKNOWN } from "../policy-support.ts";

const calls = { "j*": ["GET /users/{id}?$select=department"] };
const WRITES = "Connect-MgGraph -Identity\nUpdate-MgUser -UserId $env:WHO -Department 'x'\n";
const READS = "Connect-MgGraph -Identity\nGet-MgUser -UserId $env:WHO -Property department\n";

testRule(graphWriteWhereRead, [
    {
        fact: "takes a permission that reads where every call reads",
        stack: [IDENTITY, permission("users", "User.Read.All", IDENTITY)],
        config: { calls },
    },
    {
        fact: "takes a permission that writes of an identity whose calls are not known",
        stack: [IDENTITY, permission("users", "User.ReadWrite.All", IDENTITY)],
    },
    {
        fact: "takes a permission that writes where a runbook writes",
        stack: [ACCOUNT, ...runbook("sync", WRITES), permission("users", "User.ReadWrite.All", ACCOUNT)],
    },
    {
        fact: "finds a permission that writes where every declared call reads",
        stack: [IDENTITY, permission("users", "User.ReadWrite.All", IDENTITY)],
        config: { calls },
        finds: [
            "users: permission 'User.ReadWrite.All' writes, and every call that it serves reads ('GET /users/{id}'); expected 'User.Read.All'",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds a permission that writes where every runbook reads",
        stack: [ACCOUNT, ...runbook("report", READS), permission("users", "User.ReadWrite.All", ACCOUNT)],
        finds: [
            "users: permission 'User.ReadWrite.All' writes, and every call that it serves reads ('GET /users/{id}'); expected 'User.Read.All'",
        ],
        findsOnResource: [],
    },
    {
        fact: "takes a permission too large that does not write, which another rule finds",
        stack: [IDENTITY, permission("all", "Directory.Read.All", IDENTITY)],
        config: { calls },
    },
    {
        fact: "finds a permission that is not known of an identity whose calls are",
        stack: [IDENTITY, permission("hidden", UNKNOWN, IDENTITY)],
        config: { calls },
        finds: ["hidden: cannot judge the permission: 'appRoleId' is not known before its resources exist"],
        findsOnResource: [],
    },
    {
        fact: "finds a setting that is no call, and says where it is",
        stack: [IDENTITY],
        config: { calls: { job: ["users"] } },
        finds: [
            "stack: the rule is configured wrongly: calls.job: unknown method 'users' in call 'users'; expected GET, POST, PUT, PATCH, DELETE",
        ],
        findsOnResource: [
            "job: the rule is configured wrongly: calls.job: unknown method 'users' in call 'users'; expected GET, POST, PUT, PATCH, DELETE",
        ],
    },
]);
