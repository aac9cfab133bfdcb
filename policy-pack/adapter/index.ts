import {
    readAccount,
    readModule,
    RUNTIME_ENVIRONMENT_TOKENS,
    readRunbookRuntime,
    readRuntime,
    readVariable,
    readWebhook,
} from "./automation.ts";
import { CREDENTIAL_READERS, readCredentials } from "./credentials.ts";
import { FEDERATION_TOKENS, readFederation } from "./federation.ts";
import { heldOf } from "./held.ts";
import { readServicePrincipal } from "./identity.ts";
import { identitiesOn } from "./identity-subject.ts";
import { isToldByDefinition } from "./lighthouse.ts";
import { LOCAL_SIGN_IN_READERS } from "./local-sign-in.ts";
import { peopleHolding } from "./people.ts";
import type { PlainResource } from "./resource.ts";
import { givesRights, RIGHT_TOKENS, rightsOf } from "./rights.ts";
import { readRoleDefinition, ROLE_DEFINITION_TOKENS } from "./role-definition.ts";
import { readJobSchedule, readRunbook, readRunbookContent, readSourceControl } from "./runbook.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import type { Subject, SubjectKind, SubjectOf } from "./subjects.ts";
import { readUnjudged } from "./unjudged.ts";
import { readUnjudgedCode } from "./unjudged-code.ts";
import { readVault, VAULT_TOKENS } from "./vault-subject.ts";

type Read = (resource: PlainResource, defined: StackDefinitions) => Subject | readonly Subject[];
type ByToken = Readonly<Record<string, Read>>;

const all = (tokens: Iterable<string | undefined>, read: Read): ByToken =>
    Object.fromEntries([...tokens].map(token => [token ?? "", read]));

const ACCOUNTS = ["azure-native:automation:AutomationAccount", "azure:automation:Account", "azurerm:AutomationAccount"];
const RUNBOOKS = ["azure-native:automation:Runbook", "azure:automation:RunBook", "azurerm:AutomationRunbook"];
const VARIABLES = [
    "azure-native:automation:Variable",
    "azure:automation:ObjectVariable",
    "azure:automation:StringVariable",
    "azurerm:AutomationVariableObject",
    "azurerm:AutomationVariableString",
];
const MODULES = [
    "azure-native:automation:Module",
    "azure-native:automation:Package",
    "azure-native:automation:PowerShell72Module",
    "azure-native:automation:Python2Package",
    "azure-native:automation:Python3Package",
    "azure:automation:Module",
    "azure:automation:Powershell72Module",
    "azure:automation:Python3Package",
    "azure:automation:RuntimeEnvironmentPackage",
    "azurerm:AutomationModule",
    "azurerm:AutomationPowershell72Module",
    "azurerm:AutomationPython3Package",
    "azurerm:AutomationRuntimeEnvironmentPackage",
];
const SOURCE_CONTROLS = [
    "azure-native:automation:SourceControl",
    "azure:automation:SourceControl",
    "azurerm:AutomationSourceControl",
];
const JOB_SCHEDULES = [
    "azure-native:automation:JobSchedule",
    "azure:automation:JobSchedule",
    "azurerm:AutomationJobSchedule",
];
const WEBHOOKS = ["azure-native:automation:Webhook", "azure:automation:Webhook", "azurerm:AutomationWebhook"];

/** What each kind of subject is read from. */
const READERS: Partial<Record<SubjectKind, ByToken>> = {
    "automation-account": all(ACCOUNTS, readAccount),
    "automation-module": all(MODULES, readModule),
    "automation-runtime": { ...all(RUNBOOKS, readRunbookRuntime), ...all(RUNTIME_ENVIRONMENT_TOKENS, readRuntime) },
    "automation-variable": all(VARIABLES, readVariable),
    "automation-webhook": all(WEBHOOKS, readWebhook),
    credential: CREDENTIAL_READERS,
    "federated-credential": all(FEDERATION_TOKENS, (resource, defined) => readFederation(resource, defined) ?? []),
    "job-schedule": all(JOB_SCHEDULES, readJobSchedule),
    "local-sign-in": LOCAL_SIGN_IN_READERS,
    "role-definition": all(ROLE_DEFINITION_TOKENS, readRoleDefinition),
    runbook: {
        ...all(RUNBOOKS, readRunbook),
        ...all(SOURCE_CONTROLS, readSourceControl),
        "leastwise:RunbookContent": readRunbookContent,
    },
    "service-principal": { "azuread:ServicePrincipal": readServicePrincipal },
    vault: all(VAULT_TOKENS, readVault),
};

const RIGHTS: ReadonlySet<SubjectKind> = new Set<SubjectKind>([
    "api-grant",
    "azure-grant",
    "delegated-grant",
    "directory-role",
    "vault-policy",
]);

const readRights = (kind: SubjectKind, resource: PlainResource, defined: StackDefinitions): readonly Subject[] =>
    rightsOf(resource, defined).flatMap(given => {
        if (given.subject?.kind !== kind) return [];
        const people = kind === "directory-role" && { people: peopleHolding(given.holder, defined) };
        return [{ ...given.subject, ...heldOf(given, defined), ...people } as Subject];
    });

/** Whether all that a resource gives is read. */
const isRead = (token: string, resource: PlainResource, defined: StackDefinitions): boolean =>
    givesRights(token) || ROLE_DEFINITION_TOKENS.has(token) || isToldByDefinition(resource, defined);

const read = (
    kind: SubjectKind,
    token: string,
    resource: PlainResource,
    defined: StackDefinitions,
): readonly Subject[] => {
    if (RIGHTS.has(kind)) return readRights(kind, resource, defined);
    if (kind === "credential") return readCredentials(token)(resource);
    if (kind === "identity") return identitiesOn(resource, defined);
    if (kind === "unjudged")
        return isRead(token, resource, defined) ? [] : [...readUnjudged(resource), ...readUnjudgedCode(resource)];
    const tokens = READERS[kind];
    return tokens !== undefined && Object.hasOwn(tokens, token)
        ? [tokens[token]?.(resource, defined) ?? []].flat()
        : [];
};

/** What is neither Azure's nor Leastwise's can still run code that gives rights. */
const ofOthers = (kind: SubjectKind, resource: PlainResource): readonly Subject[] =>
    kind === "unjudged" ? readUnjudgedCode(resource) : [];

/** Reads what a rule of some kind judges in a resource; nothing where the resource is of no concern to it. */
export const subjectsOf = <K extends SubjectKind>(
    kind: K,
    resource: PlainResource,
    defined: StackDefinitions,
): readonly SubjectOf<K>[] =>
    (resource.token === undefined
        ? ofOthers(kind, resource)
        : read(kind, resource.token, resource, defined)) as readonly SubjectOf<K>[];

/** Every resource type that anything is read from, as `normaliseToken` writes it. */
export const readTokens = (): readonly string[] => [
    ...new Set([...RIGHT_TOKENS, ...Object.values(READERS).flatMap(tokens => Object.keys(tokens))]),
];
