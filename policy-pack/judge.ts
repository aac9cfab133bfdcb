import type { StackDefinitions } from "./adapter/stack-definitions.ts";
import { subjectsOf } from "./adapter/index.ts";
import type { PlainResource } from "./adapter/resource.ts";
import { Unknown } from "./adapter/value.ts";
import type { Moment, Rule } from "./rule.ts";

/** What a rule says about one resource. */
export interface Finding {
    readonly urn: string;
    readonly message: string;
    /** Whether a later look at the resource, once it exists, can decide what this one could not. */
    readonly awaited: boolean;
}

export interface JudgeContext {
    readonly defined: StackDefinitions;
    readonly options: Readonly<Record<string, unknown>>;
    readonly moment: Moment;
}

const WORDS: Readonly<Record<string, string>> = {
    api: "the API",
    appRole: "the permission",
    appRoleId: "the permission",
    assignableScopes: "the assignable scopes",
    definition: "the role",
    encrypted: "the encryption",
    expires: "the expiry",
    firstParty: "the application",
    localAuthentication: "the local authentication setting",
    module: "the module",
    principalType: "the principal type",
    role: "the role",
    runtime: "the runtime",
    scope: "the scope",
    value: "the value",
    variable: "the name of the variable",
    version: "the module's version",
    what: "the credential",
};

const missingOf = (subject: object, needs: readonly string[]): { key: string; unknown: Unknown } | undefined => {
    for (const key of needs) {
        const value: unknown = Reflect.get(subject, key);
        if (value instanceof Unknown) return { key, unknown: value };
    }
    return undefined;
};

const judgeSubject = (rule: Rule, subject: object, { options, moment }: JudgeContext): Omit<Finding, "urn">[] => {
    const missing = missingOf(subject, rule.needs);
    if (missing) {
        const { why, awaited } = missing.unknown;
        return [{ message: `cannot judge ${WORDS[missing.key] ?? missing.key}: ${why}`, awaited }];
    }
    return rule.check(subject as never, options as never, moment).map(message => ({ message, awaited: false }));
};

/** Judges one resource by one rule. A rule that fails on a resource has not passed it: that is a finding. */
export const judge = (rule: Rule, resource: PlainResource, context: JudgeContext): readonly Finding[] => {
    const { urn } = resource;
    try {
        const found = subjectsOf(rule.judges, resource, context.defined).flatMap(each =>
            judgeSubject(rule, each, context),
        );
        return found.map(finding => ({ urn, ...finding })).toSorted((a, b) => (a.message < b.message ? -1 : 1));
    } catch (error) {
        return [{ urn, message: `the rule failed on this resource: ${(error as Error).message}`, awaited: false }];
    }
};
