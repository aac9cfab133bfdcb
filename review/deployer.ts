import type { AccessDiff } from "../access/diff.ts";
import type { Right } from "../access/model.ts";
import type { DeployerNeed } from "./model.ts";

/** What it takes to give or take each kind of right. Source: https://learn.microsoft.com/graph/permissions-reference */
const NEEDS: Readonly<Record<Right["kind"], DeployerNeed>> = {
    permission: {
        what: "'AppRoleAssignment.ReadWrite.All' and 'Application.Read.All' on Microsoft Graph",
        why: "permissions of APIs are given or taken; whoever may do this can give itself any permission",
        tier: 0,
    },
    role: {
        what: "'Microsoft.Authorization/roleAssignments/write' and '…/delete' on the scopes ('Role Based Access Control Administrator', best with a condition on which roles)",
        why: "Azure roles are given or taken",
        tier: 0,
    },
    "directory-role": {
        what: "'RoleManagement.ReadWrite.Directory' on Microsoft Graph",
        why: "roles of the directory are given or taken",
        tier: 0,
    },
    delegated: {
        what: "'DelegatedPermissionGrant.ReadWrite.All' on Microsoft Graph",
        why: "consent is given or taken on behalf of users",
        tier: 0,
    },
    member: {
        what: "'GroupMember.ReadWrite.All' on Microsoft Graph ('RoleManagement.ReadWrite.Directory' for groups that hold roles)",
        why: "members of groups change",
        tier: 0,
    },
    owner: {
        what: "'Application.ReadWrite.All' on Microsoft Graph ('Group.ReadWrite.All' for groups)",
        why: "owners change",
        tier: 0,
    },
    "vault-policy": {
        what: "'Microsoft.KeyVault/vaults/accessPolicies/write' on the vaults",
        why: "access policies of key vaults change",
        tier: 0,
    },
};

const FEDERATION: DeployerNeed = {
    what: "'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write' on the identities ('Application.ReadWrite.All' for applications)",
    why: "who may sign in from outside changes",
    tier: 0,
};

const ATTACHING: DeployerNeed = {
    what: "'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' on the identities ('Managed Identity Operator')",
    why: "identities are attached to resources",
    tier: 1,
};

/** What whoever deploys a change must be allowed to do with access. */
export const deployerNeeds = ({ rights, entries, attachments }: AccessDiff): DeployerNeed[] => {
    const kinds = new Set(rights.flatMap(({ before, after }) => (after ?? before)?.kind ?? []));
    return [
        ...(Object.keys(NEEDS) as Right["kind"][]).filter(kind => kinds.has(kind)).map(kind => ({ ...NEEDS[kind] })),
        ...(entries.some(({ before, after }) => (after ?? before)?.kind === "federated-credential")
            ? [FEDERATION]
            : []),
        ...(attachments.some(({ change }) => change === "added") ? [ATTACHING] : []),
    ];
};
