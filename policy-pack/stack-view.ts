import type { AccessModel } from "../access/model.ts";
import type { PlainResource } from "./adapter/resource.ts";
import { StackDefinitions } from "./adapter/stack-definitions.ts";
import type { AutomationAccountSubject } from "./adapter/subject-automation.ts";
import type { StackSubject } from "./adapter/subject-grants.ts";
import type { SubjectKind } from "./adapter/subjects.ts";
import { isOfConcern, type Reading, readingOf } from "./reading.ts";

/** The resources of a stack as the rules see them: each is read once for all rules that judge the same. */
export class StackView {
    readonly resources: readonly PlainResource[];
    readonly #defined: StackDefinitions;
    readonly #readings = new Map<SubjectKind, readonly Reading[]>();

    constructor(resources: readonly PlainResource[]) {
        this.resources = resources;
        this.#defined = new StackDefinitions(resources);
    }

    /** Who can do what on what. */
    get model(): AccessModel {
        return this.#defined.model;
    }

    /** The stack at once, for rules that judge it as a whole. */
    whole(): StackSubject {
        const accounts = this.readings("automation-account").flatMap(({ read }) => read());
        return { kind: "stack", model: this.model, accounts: accounts as readonly AutomationAccountSubject[] };
    }

    /** What the resources hold of one kind; those that hold nothing are left out. */
    readings(kind: SubjectKind): readonly Reading[] {
        const known = this.#readings.get(kind);
        if (known !== undefined) return known;
        const readings = this.resources.map(resource => readingOf(kind, resource, this.#defined)).filter(isOfConcern);
        this.#readings.set(kind, readings);
        return readings;
    }
}
