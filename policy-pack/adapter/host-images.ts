import type { CodeSource } from "../../access/model.ts";
import { isRegistry, registryNamed } from "./code-stores.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import { Unknown } from "./value.ts";

/** Properties that hold what containers are made from. */
const HOLDERS = ["siteConfig", "template", "container", "containers", "initContainers", "customContainerTemplate"];
const IMAGE = /^(image|imageName|linuxFxVersion|windowsFxVersion|dockerImageName|dockerImage|dockerRegistryUrl)$/i;
const REGISTRY = /(?:^|[|/])([a-z0-9]+)\.azurecr\.[a-z.]+(?:\/|$)/i;
/** An image by its digest is the same for ever. */
const PINNED = /@sha256:/i;

/** The images within a block; an Unknown for each that is not known, or for the block as a whole. */
const imagesIn = (value: unknown, isImage: boolean): readonly (string | Unknown)[] => {
    if (value instanceof Unknown || (typeof value === "string" && isImage)) return [value];
    if (value === null || typeof value !== "object") return [];
    return Object.entries(value).flatMap(([key, part]) => {
        const isIts = IMAGE.test(key);
        return part instanceof Unknown && !isIts ? [] : imagesIn(part, isIts);
    });
};

const BUILT = /[:$]docker(-build)?:index/;

/** The registries of the stack that a host runs images from, but for those that are pinned. */
export const imagesOf = (resource: PlainResource, defined: StackDefinitions): readonly CodeSource[] =>
    HOLDERS.filter(key => resource.has(key)).flatMap(key => {
        const links = resource.links(key);
        const isOpen = resource.value(key) instanceof Unknown || links.some(({ urn }) => BUILT.test(urn));
        return imagesIn(resource.value(key), false).flatMap((image): readonly CodeSource[] => {
            if (image instanceof Unknown)
                return links
                    .filter(isRegistry)
                    .map(each => ({ kind: isOpen ? "pulled" : "image", place: defined.places.of(each) }));
            const name = PINNED.test(image) ? undefined : REGISTRY.exec(image)?.[1];
            const registry = name === undefined ? undefined : registryNamed(name, defined);
            return registry === undefined ? [] : [{ kind: "image", place: defined.places.of(registry) }];
        });
    });
