import { findAppRole } from "../../access/apis.ts";
import { graphResourceScopedWay } from "../../policy-pack/rules/graph-resource-scoped-way.ts";
import { IDENTITY, permission } from "../policy-grants.ts";
import { type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const EXCHANGE = "00000002-0000-0ff1-ce00-000000000000";
const service: Declared = {
    type: "azuread:index/servicePrincipal:ServicePrincipal",
    name: "bot",
    props: { clientId: "77777777-0000-4000-8000-000000000007" },
};
const MAILBOXES =
    "expected to grant nothing in Entra and assign the application role on a scope of mailboxes with RBAC for Applications in Exchange Online (https://learn.microsoft.com/exchange/permissions-exo/application-rbac)";
const onExchange: Declared = {
    type: "azuread:index/appRoleAssignment:AppRoleAssignment",
    name: "mail",
    props: {
        appRoleId: findAppRole(EXCHANGE, "full_access_as_app").id,
        principalObjectId: "11111111-0000-4000-8000-000000000001",
    },
};

testRule(graphResourceScopedWay, [
    {
        fact: "takes permissions that no narrower way is known for, and those that are narrow",
        stack: ["User.Read.All", "AuditLog.Read.All", "Sites.Selected", "Application.ReadWrite.OwnedBy"].map(name =>
            permission("grant", name, IDENTITY),
        ),
    },
    {
        fact: "finds mailboxes, on Graph and on Exchange itself",
        stack: [permission("send", "Mail.Send", IDENTITY), onExchange],
        finds: [
            `mail: permission 'full_access_as_app' on Office 365 Exchange Online reaches every resource of its kind; ${MAILBOXES}`,
            `send: permission 'Mail.Send' on Microsoft Graph reaches every resource of its kind; ${MAILBOXES}`,
        ],
    },
    {
        fact: "finds sites and files",
        stack: [permission("files", "Files.ReadWrite.All", IDENTITY)],
        finds: [
            "files: permission 'Files.ReadWrite.All' on Microsoft Graph reaches every resource of its kind; expected to grant Sites.Selected (or Lists., ListItems., Files.SelectedOperations.Selected) and then each site, list or file by itself (https://learn.microsoft.com/graph/permissions-selected-overview)",
        ],
    },
    {
        fact: "finds a permission whose lesser form reaches what the identity owns",
        stack: [permission("apps", "Application.ReadWrite.All", IDENTITY)],
        finds: [
            "apps: permission 'Application.ReadWrite.All' on Microsoft Graph reaches every resource of its kind; expected to grant Application.ReadWrite.OwnedBy, which reaches what the identity owns (https://learn.microsoft.com/graph/permissions-reference#applicationreadwriteownedby)",
        ],
    },
    {
        fact: "finds what a Teams app is given per team, for an application and not for a managed identity",
        stack: [
            service,
            permission("messages", "ChannelMessage.Read.All", service),
            permission("unfit", "ChannelMessage.Read.All", IDENTITY),
            IDENTITY,
        ],
        finds: [
            "messages: permission 'ChannelMessage.Read.All' on Microsoft Graph reaches every resource of its kind; expected to have ChannelMessage.Read.Group consented per team, chat or user by resource-specific consent of a Teams app (https://learn.microsoft.com/microsoftteams/platform/graph-api/rsc/resource-specific-consent)",
        ],
        findsOnResource: [],
    },
    {
        fact: "takes a permission that may reach all",
        stack: [permission("send", "Mail.Send", IDENTITY)],
        config: { allowed: ["mail.send"] },
    },
    {
        fact: "takes a permission that may reach all, by a pattern",
        stack: [permission("send", "Mail.Send", IDENTITY)],
        config: { allowed: ["mail.*"] },
    },
    {
        fact: "finds a permission that is not known, in the preview",
        stack: [permission("grant", UNKNOWN, IDENTITY)],
        finds: ["grant: cannot judge the permission: 'appRoleId' is not known before its resources exist"],
        findsOnResource: [],
    },
]);
