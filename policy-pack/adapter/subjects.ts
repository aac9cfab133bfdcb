import type {
    AutomationAccountSubject,
    AutomationModuleSubject,
    AutomationRuntimeSubject,
    AutomationVariableSubject,
    AutomationWebhookSubject,
    JobScheduleSubject,
    RunbookSubject,
} from "./subject-automation.ts";
import type {
    ApiGrantSubject,
    AzureGrantSubject,
    DelegatedGrantSubject,
    DirectoryRoleSubject,
    RoleDefinitionSubject,
    StackSubject,
    UnjudgedSubject,
    VaultPolicySubject,
    VaultSubject,
} from "./subject-grants.ts";
import type {
    CredentialSubject,
    FederatedCredentialSubject,
    IdentitySubject,
    LocalSignInSubject,
    ServicePrincipalSubject,
} from "./subject-identity.ts";

/** Anything a rule judges. */
export type Subject =
    | ApiGrantSubject
    | AutomationAccountSubject
    | AutomationModuleSubject
    | AutomationRuntimeSubject
    | AutomationVariableSubject
    | AutomationWebhookSubject
    | AzureGrantSubject
    | CredentialSubject
    | DelegatedGrantSubject
    | DirectoryRoleSubject
    | FederatedCredentialSubject
    | IdentitySubject
    | JobScheduleSubject
    | LocalSignInSubject
    | RoleDefinitionSubject
    | RunbookSubject
    | ServicePrincipalSubject
    | StackSubject
    | UnjudgedSubject
    | VaultPolicySubject
    | VaultSubject;

export type SubjectKind = Subject["kind"];
export type SubjectOf<K extends SubjectKind> = Extract<Subject, { readonly kind: K }>;

/** A subject whose named fields are known. */
export type Settled<S, F extends keyof S> = {
    readonly [K in keyof S]: K extends F ? Exclude<S[K], UnknownOf<S[K]>> : S[K];
};
type UnknownOf<T> = Extract<T, { readonly why: string; readonly awaited: boolean }>;
