import type { Api, AppRole } from "../../access/apis.ts";
import type { ApiGrant, AzureGrant } from "../../access/grant.ts";
import type { AccessModel } from "../../access/model.ts";
import type { RoleDefinition } from "../../access/roles.ts";
import type { Place } from "./place.ts";
import type { Value } from "./value.ts";

/** Each field as far as it is known. */
export type Partly<T> = { readonly [K in keyof T]: Value<T[K]> };

/** An API, `own` for one that the stack itself makes, undefined where the program does not tell. */
export type GrantedApi = Api | "own" | undefined;

/** A Grant of a Permission, as far as it is known. */
export interface ApiGrantSubject extends Partly<Pick<ApiGrant, "appRoleId">> {
    readonly kind: "api-grant";
    readonly api: Value<GrantedApi>;
    /** The app role; undefined where no table has it, and for an API of the stack's own. */
    readonly appRole: Value<AppRole | undefined>;
}

/** A Grant of a Role on a Scope, as far as it is known. */
export interface AzureGrantSubject extends Partly<Pick<AzureGrant, "role">> {
    readonly kind: "azure-grant";
    readonly definition: Value<RoleDefinition>;
    readonly scope: Value<Place>;
    readonly principalType: Value<string | undefined>;
    /** Whether the principal is an identity that the stack itself makes or reads. */
    readonly principalIsIdentity: boolean;
    /** Whether the provider waits for a fresh principal by itself. */
    readonly waitsForPrincipal: boolean;
}

/** A custom role. */
export interface RoleDefinitionSubject {
    readonly kind: "role-definition";
    readonly definition: Value<RoleDefinition>;
    readonly assignableScopes: Value<readonly Place[]>;
}

/** A password, key or certificate that is kept somewhere and can be copied from there. */
export interface CredentialSubject {
    readonly kind: "credential";
    /** What it is: `password of an application`. */
    readonly what: Value<string>;
}

/** A service principal that the stack owns. */
export interface ServicePrincipalSubject {
    readonly kind: "service-principal";
    /** The application it stands for, where it is Microsoft's own. */
    readonly firstParty: Value<string | undefined>;
}

export interface AutomationAccountSubject {
    readonly kind: "automation-account";
    readonly localAuthentication: Value<boolean>;
}

export interface AutomationVariableSubject {
    readonly kind: "automation-variable";
    readonly variable: Value<string>;
    readonly encrypted: Value<boolean>;
    readonly value: Value<string | undefined>;
}

export interface AutomationWebhookSubject {
    readonly kind: "automation-webhook";
    /** undefined where none is set. */
    readonly expires: Value<string | undefined>;
}

/** The language and version that runbooks run on. */
export interface AutomationRuntimeSubject {
    readonly kind: "automation-runtime";
    readonly runtime: Value<string>;
}

export interface AutomationModuleSubject {
    readonly kind: "automation-module";
    readonly module: Value<string>;
    readonly version: Value<string | undefined>;
    /** Runtime it is installed in, where the stack tells. */
    readonly runtime: Value<string | undefined>;
}

/** A resource that gives a right in a way that no reader understands. */
export interface UnjudgedSubject {
    readonly kind: "unjudged";
    readonly type: string;
    readonly property: string;
}

/** The whole stack at once, for what shows in no single resource. The stack half alone judges it. */
export interface StackSubject {
    readonly kind: "stack";
    readonly model: AccessModel;
}

/** Anything a rule judges. */
export type Subject =
    | StackSubject
    | ApiGrantSubject
    | AzureGrantSubject
    | RoleDefinitionSubject
    | CredentialSubject
    | ServicePrincipalSubject
    | AutomationAccountSubject
    | AutomationVariableSubject
    | AutomationWebhookSubject
    | AutomationRuntimeSubject
    | AutomationModuleSubject
    | UnjudgedSubject;

export type SubjectKind = Subject["kind"];
export type SubjectOf<K extends SubjectKind> = Extract<Subject, { readonly kind: K }>;

/** A subject whose named fields are known. */
export type Settled<S, F extends keyof S> = {
    readonly [K in keyof S]: K extends F ? Exclude<S[K], UnknownOf<S[K]>> : S[K];
};
type UnknownOf<T> = Extract<T, { readonly why: string; readonly awaited: boolean }>;
