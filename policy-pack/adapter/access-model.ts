import type { AccessModel } from "../../access/model.ts";
import type { PlainResource } from "./resource.ts";
import { StackDefinitions } from "./stack-definitions.ts";

/**
 * Who can do what on what, as the resources of a stack give it: those of a plan, with what is unknown in it, or those of
 * a state. Principals, hosts, rights and entries have the same keys in both.
 */
export const accessModelOf = (resources: readonly PlainResource[]): AccessModel =>
    new StackDefinitions(resources).model;
