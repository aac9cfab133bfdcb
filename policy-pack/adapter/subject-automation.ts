import type { Principal } from "../../access/model.ts";
import type { Value } from "./value.ts";

export interface AutomationAccountSubject {
    readonly kind: "automation-account";
    readonly localAuthentication: Value<boolean>;
    /** Whether it is reached from public networks; it is unless that is turned off. */
    readonly publicNetwork: Value<boolean>;
    /** Its runbooks, where the stack around it is seen. */
    readonly runbooks: readonly RunbookSubject[];
    /** The identities its runbooks can act as, where the stack around it is seen. */
    readonly identities: readonly Principal[];
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
    /** Hash of its content, where one is given. */
    readonly hash: Value<string | undefined>;
    /** Runtime it is installed in, where the stack tells. */
    readonly runtime: Value<string | undefined>;
}

/** Where a runbook's text is fetched from. */
export interface ContentLink {
    readonly uri: Value<string | undefined>;
    /** `sha256:…`, where one is given. */
    readonly hash: Value<string | undefined>;
    readonly version: Value<string | undefined>;
    /** Whether it is a branch that is followed, whatever it comes to hold. */
    readonly follows?: boolean;
}

/** The text of a runbook: of the runbook itself, or of the resource that publishes its content. */
export interface RunbookSubject {
    readonly kind: "runbook";
    readonly urn: string;
    readonly runbook: Value<string>;
    /** `PowerShell72`, `Python3`; undefined where another resource says. */
    readonly type: Value<string | undefined>;
    /** undefined where the stack does not carry the text. */
    readonly content: Value<string | undefined>;
    /** undefined where there is none. */
    readonly link: Value<ContentLink | undefined>;
    /** The account, by the URN of its resource or its name; undefined where nothing tells. */
    readonly account: string | undefined;
}

/** What starts a runbook at a time. */
export interface JobScheduleSubject {
    readonly kind: "job-schedule";
    /** Its id, a GUID; undefined where the program leaves it to the provider. */
    readonly id: Value<string | undefined>;
    readonly runbook: Value<string | undefined>;
    readonly schedule: Value<string | undefined>;
    /** Keys of the parameters it hands on. */
    readonly parameters: Value<readonly string[]>;
    /** Whether the old one goes before the new one comes; undefined in a state, which does not keep it. */
    readonly deleteBeforeReplace: boolean | undefined;
    /** Whether the provider is azure-native, which updates in place what Azure never changes. */
    readonly isNative: boolean;
}
