import type { Api, AppRole } from "../../access/apis.ts";
import type { ApiGrant, AzureGrant } from "../../access/grant.ts";
import type { AccessModel, Principal, Right } from "../../access/model.ts";
import type { RoleDefinition } from "../../access/roles.ts";
import type { NameOrigin } from "./assignment-name.ts";
import type { Person } from "./people.ts";
import type { Place } from "./place.ts";
import type { AutomationAccountSubject } from "./subject-automation.ts";
import type { Value } from "./value.ts";

/** Each field as far as it is known. */
export type Partly<T> = { readonly [K in keyof T]: Value<T[K]> };

/** An API, `own` for one that the stack itself makes, undefined where the program does not tell. */
export type GrantedApi = Api | "own" | undefined;

/** Who holds a right, and what the program says it is for. */
export interface Held {
    /** Its kind is `unknown` where nothing tells, and for a right that is seen without its stack. */
    readonly holder: Principal;
    /** Every right of the same holder, this one among them; empty for a right that is seen without its stack. */
    readonly held: readonly Right[];
    /** Who holds it by being in the group that does, be it through others; no principals where the holder is no group. */
    readonly members: readonly Principal[];
    /** Whether the stack around it is seen. Without it, what a holder lacks says nothing. */
    readonly isWhole: boolean;
    readonly reason?: string;
    readonly owner?: string;
}

/** A Grant of a Permission, as far as it is known. */
export interface ApiGrantSubject extends Held, Partly<Pick<ApiGrant, "appRoleId">> {
    readonly kind: "api-grant";
    readonly api: Value<GrantedApi>;
    /** The app role; undefined where no table has it, and for an API of the stack's own. */
    readonly appRole: Value<AppRole | undefined>;
    /** The calls it is for, where the program says. */
    readonly calls?: readonly string[];
}

/** A Grant of a Role on a Scope, as far as it is known. */
export interface AzureGrantSubject extends Held, Partly<Pick<AzureGrant, "role">> {
    readonly kind: "azure-grant";
    readonly definition: Value<RoleDefinition>;
    readonly scope: Value<Place>;
    readonly principalType: Value<string | undefined>;
    /** Whether the principal is an identity that the stack itself makes or reads. */
    readonly principalIsIdentity: boolean;
    /** Whether the provider waits for a fresh principal by itself. */
    readonly waitsForPrincipal: boolean;
    /** Name of the assignment, a GUID. At an update the engine has filled in one where the program gives none. */
    readonly assignmentName: Value<string | undefined>;
    readonly nameOrigin: NameOrigin;
    readonly condition: Value<string | undefined>;
    /** `eligible`: it has to be activated first. */
    readonly activation: "active" | "eligible";
    /** The actions it is for, where the program says. */
    readonly actions?: readonly string[];
}

/** A custom role. */
export interface RoleDefinitionSubject {
    readonly kind: "role-definition";
    readonly definition: Value<RoleDefinition>;
    readonly assignableScopes: Value<readonly Place[]>;
}

/** Delegated permissions that were consented to in advance. */
export interface DelegatedGrantSubject extends Held {
    readonly kind: "delegated-grant";
    readonly api: Value<GrantedApi>;
    readonly permissions: Value<readonly string[]>;
    /** Object id of the one user it is for; undefined where it is for all. */
    readonly user: Value<string | undefined>;
}

/** A role of the directory, given or made eligible. */
export interface DirectoryRoleSubject extends Held {
    readonly kind: "directory-role";
    /** Name where it is known, else template id. */
    readonly role: Value<string>;
    /** Template id, where the program tells. */
    readonly template: Value<string | undefined>;
    /** What it is limited to; undefined for the whole directory. */
    readonly scope: Value<string | undefined>;
    readonly activation: "active" | "eligible";
    /** The people who hold it; nobody where the stack around it is not seen. */
    readonly people: readonly Person[];
}

/** An access policy of a key vault. */
export interface VaultPolicySubject extends Held {
    readonly kind: "vault-policy";
    /** `secrets/get`. */
    readonly permissions: Value<readonly string[]>;
}

/** A key vault, by what decides who reads it. */
export interface VaultSubject {
    readonly kind: "vault";
    /** Whether roles decide; else its access policies do. */
    readonly usesRoles: Value<boolean>;
    /** How many access policies it has, as far as they are seen. */
    readonly policies: number;
    /** Roles on the vault that open what it keeps, where the stack around it is seen. */
    readonly roles: readonly string[];
}

/** A resource that gives a right in a way that no reader understands. */
export interface UnjudgedSubject {
    readonly kind: "unjudged";
    readonly type: string;
    /** Path of the property within the resource. */
    readonly property: string;
}

/** The whole stack at once, for what shows in no single resource. The stack half alone judges it. */
export interface StackSubject {
    readonly kind: "stack";
    readonly model: AccessModel;
    /** Its Automation accounts, with their runbooks and the identities that those can act as. */
    readonly accounts: readonly AutomationAccountSubject[];
}
