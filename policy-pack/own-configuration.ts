import { ACCESS_FILE } from "./access-file.ts";
import { checkConfiguration } from "./configuration.ts";
import type { Policy } from "./policy.ts";

const UNSEEN = "this version of @pulumi/policy does not show the pack its whole configuration";

/** What holds where the pack judges without having been shown its whole configuration. */
export class UnseenConfiguration {
    readonly #accessFile: string | undefined;
    #told = false;

    constructor(accessFile: string | undefined) {
        this.#accessFile = accessFile;
    }

    /**
     * Says, once, what goes unseen.
     * @throws Error where what was found is to be written down, which needs the level of each rule
     */
    meet(): void {
        if (this.#accessFile !== undefined)
            throw new Error(`${ACCESS_FILE} is set, but ${UNSEEN}; expected the version that its package.json names`);
        if (this.#told) return;
        this.#told = true;
        console.error(`leastwise: ${UNSEEN}: settings for rules that do not exist go unseen`);
    }
}

/**
 * A policy that checks its own part of the configuration before it first judges, where the pack has not been shown the
 * whole: the policy SDK has changed where the pack takes hold of it. What is wrong is an error of the host, which stops the
 * deployment at any level.
 */
export const checkingItself = (policy: Policy, hasSeenAll: () => boolean, unseen: UnseenConfiguration): Policy => {
    let checked = false;
    const check = (given: object): void => {
        if (checked || hasSeenAll()) return;
        unseen.meet();
        checkConfiguration({ [policy.name]: given });
        checked = true;
    };
    return {
        ...policy,
        validateResource: (args, report) => {
            check(args.getConfig());
            return policy.validateResource(args, report);
        },
        validateStack: (args, report) => {
            check(args.getConfig());
            return policy.validateStack(args, report);
        },
    };
};
