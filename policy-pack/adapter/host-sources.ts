import type { CodeSource, Place } from "../../access/model.ts";
import { imagesOf } from "./host-images.ts";
import { packagesOf } from "./host-packages.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";

const idOf = ({ id, urn, name }: Place): string => urn ?? id ?? name ?? "";

/** What a host runs that other resources of the stack keep, each once. */
export const codeSourcesOf = (resource: PlainResource, defined: StackDefinitions): readonly CodeSource[] => {
    const all = [...packagesOf(resource, defined), ...imagesOf(resource, defined)];
    return [...new Map(all.map(each => [`${each.kind} ${idOf(each.place)}`, each])).values()];
};
