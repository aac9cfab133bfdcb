import { type GivenResource, PlainResource } from "./adapter/resource.ts";
import { StackDefinitions } from "./adapter/stack-definitions.ts";

type Props = GivenResource["props"];

/**
 * What the pack has seen of one run of the engine. A preview shows a stack policy the outputs of its resources, in which
 * every input that was left out is unknown; so the stack half of a rule judges the inputs that the resource half saw.
 */
export class Run {
    readonly defined = new StackDefinitions();
    readonly #inputs = new Map<string, Props>();
    readonly #reported = new Set<string>();

    /** Takes in the inputs of a resource. */
    see(given: GivenResource): PlainResource {
        this.#inputs.set(given.urn, given.props);
        const resource = new PlainResource(given);
        this.defined.add(resource);
        return resource;
    }

    /** The resources of a stack, each with its inputs where they were seen, and the same for what it links to. */
    resources(stack: readonly GivenResource[]): readonly PlainResource[] {
        return stack.map(given => new PlainResource(given, this.#inputs));
    }

    /** Notes that a finding was reported. */
    note(...finding: readonly string[]): void {
        this.#reported.add(JSON.stringify(finding));
    }

    /** Whether a finding was reported. */
    hasReported(...finding: readonly string[]): boolean {
        return this.#reported.has(JSON.stringify(finding));
    }
}
