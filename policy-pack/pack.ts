import type { EnforcementLevel } from "@pulumi/policy";
import { checkConfiguration } from "./configuration.ts";
import type { Configured } from "./judging-together.ts";
import { type Policy, policyOf } from "./policy.ts";
import { RULES } from "./rules/index.ts";
import { Run } from "./run.ts";
import type { PolicyConfiguration } from "./sdk/configuration.ts";

export interface PackOptions {
    readonly clock?: () => Date;
    /** Where to write what was seen and found. @default - nowhere */
    readonly accessFile?: string | undefined;
}

/** The pack for one run of the engine. */
export class Pack implements Configured {
    readonly policies: readonly Policy[];
    readonly #run: Run;
    #given: ReadonlyMap<string, PolicyConfiguration> | undefined;

    constructor({ clock = () => new Date(), accessFile }: PackOptions = {}) {
        this.#run = new Run({
            rules: RULES.map(({ name }) => name),
            levelOf: rule => this.levelOf(rule),
            ...(accessFile !== undefined && { accessFile }),
        });
        this.policies = RULES.map(rule => policyOf(rule, this.#run, clock));
    }

    /** Whether the engine's configuration has been taken in. */
    get configured(): boolean {
        return this.#given !== undefined;
    }

    /** Whether a rule may mend resources. */
    get mends(): boolean {
        return this.#given === undefined || [...this.#given.values()].some(({ level }) => level === "remediate");
    }

    /** The level that the engine has given a rule. */
    levelOf(rule: string): EnforcementLevel | undefined {
        return this.#given?.get(rule)?.level;
    }

    /** The settings that the engine has given a rule. */
    propertiesOf(rule: string): Readonly<Record<string, unknown>> {
        return this.#given?.get(rule)?.properties ?? {};
    }

    /** Whether the resource half of a rule is to stop what the rule finds. */
    gates(rule: string): boolean {
        return this.#run.gates(rule);
    }

    /** Takes in whether the engine previews the stack. */
    begin(preview: boolean): void {
        this.#run.isPreview = preview;
    }

    /**
     * Takes in the configuration that the engine has put together.
     * @throws Error with everything that is wrong with it
     */
    configure(given: ReadonlyMap<string, PolicyConfiguration>): void {
        const parts = [...given].map(([rule, { level, properties }]) => [
            rule,
            { enforcementLevel: level, ...properties },
        ]);
        checkConfiguration(Object.fromEntries(parts));
        this.#given = given;
    }
}
