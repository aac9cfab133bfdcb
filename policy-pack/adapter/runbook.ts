import type { Principal } from "../../access/model.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import type { ContentLink, JobScheduleSubject, RunbookSubject } from "./subject-automation.ts";
import { isKnown, partOf, textOf, Unknown, type Value, whenKnown } from "./value.ts";

const RUNBOOKS = ["azure-native:automation:Runbook", "azure:automation:RunBook", "azurerm:AutomationRunbook"];
const CONTENT = "leastwise:RunbookContent";
const ACCOUNTS = ["azure-native:automation:AutomationAccount", "azure:automation:Account", "azurerm:AutomationAccount"];

const first = <T>(values: readonly Value<T | undefined>[]): Value<T | undefined> =>
    values.find(value => value !== undefined && isKnown(value)) ?? values.find(value => value !== undefined);

const hashOf = (link: unknown): Value<string | undefined> => {
    const hash = partOf(link, "contentHash") ?? partOf(link, "hash");
    if (hash === undefined || hash === null) return undefined;
    return whenKnown(textOf(partOf(hash, "value"), "hash.value"), value =>
        whenKnown(textOf(partOf(hash, "algorithm"), "hash.algorithm"), algorithm =>
            value === undefined ? undefined : `${algorithm ?? "sha256"}:${value}`,
        ),
    );
};

const linkOf = (resource: PlainResource): Value<ContentLink | undefined> => {
    const draft = partOf(resource.value("draft"), "draftContentLink");
    const value = resource.has("publishContentLink") ? resource.value("publishContentLink") : draft;
    if (value instanceof Unknown) return value;
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return undefined;
    return {
        uri: textOf(partOf(value, "uri"), "publishContentLink.uri"),
        hash: hashOf(value),
        version: textOf(partOf(value, "version"), "publishContentLink.version"),
    };
};

/** The account that a resource is in: the URN of its resource, else its name. */
export const accountOf = (resource: PlainResource): string | undefined => {
    const linked = resource
        .links("automationAccountName")
        .find(({ token }) => token !== undefined && ACCOUNTS.includes(token));
    const name = resource.text("automationAccountName");
    return linked?.urn ?? (typeof name === "string" ? name.toLowerCase() : undefined);
};

/** Reads a runbook, with its text where the program carries it. */
export const readRunbook = (resource: PlainResource): RunbookSubject => ({
    kind: "runbook",
    urn: resource.urn,
    runbook: first([resource.text("runbookName"), resource.text("name")]) ?? resource.name,
    type: resource.text("runbookType"),
    content: resource.text("content"),
    link: linkOf(resource),
    account: accountOf(resource),
});

/** Reads the resource that publishes a runbook's text. */
export const readRunbookContent = (resource: PlainResource): RunbookSubject => {
    const [made] = resource.links("runbookId").filter(({ token }) => token !== undefined && RUNBOOKS.includes(token));
    const id = resource.text("runbookId");
    const path = typeof id === "string" ? id.split("/") : [];
    return {
        kind: "runbook",
        urn: resource.urn,
        runbook: (made && readRunbook(made).runbook) ?? path.at(-1) ?? (id instanceof Unknown ? id : resource.name),
        type: made?.text("runbookType"),
        content: resource.text("content"),
        link: undefined,
        account: (made && accountOf(made)) ?? path.at(-3)?.toLowerCase(),
    };
};

/** Reads a folder of a repository whose runbooks are fetched whenever it changes; nothing where they are fetched by hand. */
export const readSourceControl = (resource: PlainResource): readonly RunbookSubject[] => {
    const syncs = resource.flag(resource.has("automaticSync") ? "automaticSync" : "autoSync");
    if (syncs === undefined || syncs === false) return [];
    const uri = resource.text(resource.has("repositoryUrl") ? "repositoryUrl" : "repoUrl");
    return [
        {
            kind: "runbook",
            urn: resource.urn,
            runbook: first([resource.text("sourceControlName"), resource.text("name")]) ?? resource.name,
            type: undefined,
            content: undefined,
            link: isKnown(syncs) ? { uri, hash: undefined, version: undefined, follows: true } : syncs,
            account: accountOf(resource),
        },
    ];
};

const nameIn = (resource: PlainResource, key: string, block: string): Value<string | undefined> =>
    resource.has(key) ? resource.text(key) : textOf(partOf(resource.value(block), "name"), `${block}.name`);

/** Reads what starts a runbook at a time. */
export const readJobSchedule = (resource: PlainResource): JobScheduleSubject => ({
    kind: "job-schedule",
    id: resource.text("jobScheduleId"),
    runbook: nameIn(resource, "runbookName", "runbook"),
    schedule: nameIn(resource, "scheduleName", "schedule"),
    parameters: whenKnown(resource.value("parameters") as Value<unknown>, value =>
        value === null || typeof value !== "object" ? [] : Object.keys(value),
    ),
    deleteBeforeReplace: resource.deleteBeforeReplace,
    isNative: resource.token?.startsWith("azure-native:") === true,
});

/** What a stack runs in an Automation account, and whom it runs as. */
export interface AccountContents {
    readonly runbooks: readonly RunbookSubject[];
    readonly identities: readonly Principal[];
}

/** The runbooks of an account, the text of each where any resource carries it. */
const runbooksIn = (account: readonly string[], { resources }: StackDefinitions): readonly RunbookSubject[] => {
    const read = resources.flatMap(resource => {
        if (resource.token === CONTENT) return [readRunbookContent(resource)];
        return RUNBOOKS.includes(resource.token ?? "") ? [readRunbook(resource)] : [];
    });
    const within = read.filter(each => each.account !== undefined && account.includes(each.account));
    const published = new Set(within.filter(each => each.link === undefined && each.content !== undefined).map(nameOf));
    return within.filter(each => each.content !== undefined || each.link !== undefined || !published.has(nameOf(each)));
};

const nameOf = ({ runbook }: RunbookSubject): string => (isKnown(runbook) ? runbook.toLowerCase() : "");

/** What the stack around an account tells of it. */
export const contentsOf = (resource: PlainResource, defined: StackDefinitions): AccountContents => {
    if (!defined.isWhole) return { runbooks: [], identities: [] };
    const names = [resource.text("automationAccountName"), resource.text("name")];
    const keys = [resource.urn, ...names.flatMap(name => (typeof name === "string" ? name.toLowerCase() : []))];
    const made = defined.principals.madeBy(resource);
    return {
        runbooks: runbooksIn(keys, defined),
        identities: [...(made ? [made] : []), ...defined.principals.attachedTo(resource)],
    };
};
