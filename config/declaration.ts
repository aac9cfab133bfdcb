import type { PermissionArgs } from "../components/app-role.ts";
import type { RuntimeArgs } from "../components/automation-account-args.ts";
import type { CustomRoleArgs, RoleArgs } from "../components/azure-grants-args.ts";
import type { ExistingIdentity } from "../components/existing-identity.ts";
import type { FederatedCredentialArgs } from "../components/identity-args.ts";
import type { RunArgs } from "../components/runbook.ts";

export type Tags = Readonly<Record<string, string>>;

/** A resource group that the program makes. */
export interface GroupDeclaration {
    readonly name: string;
    readonly location: string;
    readonly tags: Tags;
}

export type IdentityDeclaration =
    | { readonly kind: "system-assigned" }
    | {
          readonly kind: "user-assigned";
          readonly name: string;
          readonly federatedCredentials: readonly FederatedCredentialArgs[];
      }
    | { readonly kind: "existing"; readonly existing: ExistingIdentity };

/** A variable's value: text, or the name of the configuration key that holds the secret. */
export type VariableDeclaration = string | { readonly secret: string };

export interface AccountDeclaration {
    readonly name: string;
    readonly existing: boolean;
    readonly runtime: RuntimeArgs;
    readonly variables: Readonly<Record<string, VariableDeclaration>>;
    readonly publicNetworkAccess: boolean;
}

export interface FunctionAppDeclaration {
    readonly name: string;
    readonly storage?: string;
    readonly worker?: { readonly name: string; readonly version: string };
    readonly settings: Tags;
}

export interface RunbookDeclaration {
    readonly name: string;
    readonly content: string;
    readonly description?: string;
    readonly runs: readonly RunArgs[];
}

/** Permissions on one API. */
export interface ApiDeclaration {
    readonly api: string;
    readonly permissions: readonly PermissionArgs[];
}

/** What a scope names when the program makes it: a group, or a workload's account or Function App. */
export interface ScopeOwner {
    readonly group?: string;
    readonly workload?: string;
}

export type AzureDeclaration = (RoleArgs | CustomRoleArgs) & { readonly owned: ScopeOwner };

export interface WorkloadDeclaration {
    readonly name: string;
    readonly group: string;
    readonly location: string;
    readonly tags: Tags;
    readonly identity: IdentityDeclaration;
    readonly account?: AccountDeclaration;
    readonly functionApp?: FunctionAppDeclaration;
    readonly runbooks: readonly RunbookDeclaration[];
    readonly apis: readonly ApiDeclaration[];
    readonly azure: readonly AzureDeclaration[];
}

/** A stack's whole configuration, checked. */
export interface Declaration {
    readonly subscription: string;
    readonly groups: readonly GroupDeclaration[];
    readonly workloads: readonly WorkloadDeclaration[];
    /** What is allowed but should be looked at. */
    readonly warnings: readonly string[];
}
