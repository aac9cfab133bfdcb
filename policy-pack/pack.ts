import type { EnforcementLevel } from "@pulumi/policy";
import { checkConfiguration } from "./configuration.ts";
import { type Policy, policyOf } from "./policy.ts";
import { RULES } from "./rules/index.ts";
import { Run } from "./run.ts";

/** What a rule is configured with. */
interface RuleConfiguration {
    readonly level: EnforcementLevel;
    readonly properties: Readonly<Record<string, unknown>>;
}

export interface PackOptions {
    readonly clock?: () => Date;
    /** Where to write what was seen and found. @default - nowhere */
    readonly accessFile?: string | undefined;
}

/** The pack for one run of the engine. */
export class Pack {
    readonly policies: readonly Policy[];
    readonly #levels = new Map<string, EnforcementLevel>();
    #configured = false;

    constructor({ clock = () => new Date(), accessFile }: PackOptions = {}) {
        const run = new Run({
            rules: RULES.map(({ name }) => name),
            levelOf: rule => this.#levels.get(rule),
            ...(accessFile !== undefined && { accessFile }),
        });
        this.policies = RULES.map(rule => policyOf(rule, run, clock));
    }

    /** Whether the engine's configuration has been taken in. */
    get configured(): boolean {
        return this.#configured;
    }

    /**
     * Takes in the configuration that the engine has put together.
     * @throws Error with everything that is wrong with it
     */
    configure(given: ReadonlyMap<string, RuleConfiguration>): void {
        const parts = [...given].map(([rule, { level, properties }]) => [
            rule,
            { enforcementLevel: level, ...properties },
        ]);
        checkConfiguration(Object.fromEntries(parts));
        for (const [rule, { level }] of given) this.#levels.set(rule, level);
        this.#configured = true;
    }
}
