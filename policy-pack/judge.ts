import type { StackSubject } from "./adapter/subject-grants.ts";
import { Unknown } from "./adapter/value.ts";
import type { Reading } from "./reading.ts";
import type { Fault, Moment, Rule, StackFault, UndecidedFault } from "./rule.ts";

/** What a rule says about one resource. */
export interface Verdict extends StackFault {
    /** Whether a later look at the resource, once it exists, can decide what this one could not. */
    readonly awaited: boolean;
}

export interface JudgeContext {
    readonly options: Readonly<Record<string, unknown>>;
    readonly moment: Moment;
}

const WORDS: Readonly<Record<string, string>> = {
    api: "the API",
    appRole: "the permission",
    appRoleId: "the permission",
    assignableScopes: "the assignable scopes",
    condition: "the condition",
    content: "the runbook's text",
    definition: "the role",
    encrypted: "the encryption",
    expires: "the expiry",
    firstParty: "the application",
    id: "the id of the link",
    link: "the link to the content",
    localAuthentication: "the local authentication setting",
    module: "the module",
    parameters: "the parameters",
    permissions: "the permissions",
    principalType: "the principal type",
    publicNetwork: "the public network setting",
    role: "the role",
    runtime: "the runtime",
    scope: "the scope",
    usesRoles: "what decides who reads the vault",
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

const judgeSubject = (rule: Rule, subject: object, { options, moment }: JudgeContext): Omit<Verdict, "urn">[] => {
    const missing = missingOf(subject, rule.needs);
    if (missing) {
        const { why, awaited } = missing.unknown;
        return [{ message: `cannot judge ${WORDS[missing.key] ?? missing.key}: ${why}`, awaited }];
    }
    return rule.check(subject as never, options as never, moment).map(fault => ({ awaited: false, ...told(fault) }));
};

const told = (fault: Fault): Omit<StackFault, "urn"> | UndecidedFault =>
    typeof fault === "string" ? { message: fault } : fault;

const byMessage = (a: Verdict, b: Verdict): number => (a.message < b.message ? -1 : 1);

/** A resource can give the same to several: it is told once. */
const distinct = (verdicts: readonly Verdict[]): readonly Verdict[] => [
    ...new Map(verdicts.map(each => [`${String(each.awaited)} ${each.message}`, each])).values(),
];

/** Judges what was read of one resource by one rule. A rule that fails on a resource has not passed it: that is told. */
export const judge = (rule: Rule, { resource, read }: Reading, context: JudgeContext): readonly Verdict[] => {
    const { urn } = resource;
    try {
        const found = read().flatMap(each => judgeSubject(rule, each, context));
        return distinct(found.map(verdict => ({ urn, ...verdict }))).toSorted(byMessage);
    } catch (error) {
        return [{ urn, message: `the rule failed on this resource: ${(error as Error).message}`, awaited: false }];
    }
};

/** The properties that mend a resource that a rule finds fault with, and that it can mend */
export const mend = (
    rule: Rule,
    { read }: Reading,
    { options, moment }: JudgeContext,
): Readonly<Record<string, unknown>> | undefined => {
    const faulty = read().filter(
        subject =>
            missingOf(subject, rule.needs) === undefined &&
            rule.check(subject as never, options as never, moment).length > 0,
    );
    const changes = faulty.map(subject => rule.remediate?.(subject as never, options as never));
    return changes.length > 0 && changes.every(each => each !== undefined) ? Object.assign({}, ...changes) : undefined;
};

/**
 * Judges a stack by one rule that judges it as a whole.
 * @throws Error what the rule throws: there is no resource to tell it of
 */
export const judgeWhole = (rule: Rule, stack: StackSubject, { options, moment }: JudgeContext): readonly Verdict[] => {
    const faults = rule.check(stack as never, options as never, moment) as readonly StackFault[];
    return faults.map(fault => ({ ...fault, awaited: false }));
};
