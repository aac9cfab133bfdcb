import { readAddress } from "./address.ts";
import { holeAt, templateOf } from "./template.ts";
import type { Template } from "./template.ts";
import { isHole } from "./values.ts";
import { settled } from "./value-options.ts";
import { textsOf } from "./value-texts.ts";
import type { Value } from "./values.ts";

/** A Resource Manager path, names not known as `{}`; the id of something that was read is the path it was read from. */
export const armPath = (path: string, template: Template): string => {
    const first = holeAt(template, Math.max(0, template.text.indexOf("\ue000")));
    const isId = first !== undefined && /\.(resource)?id$/i.test(first.hole) && /^\/?\ue000/.test(path);
    const whole = isId && first.origin !== undefined ? path.replace(/^\/?\ue000/, instanceOf(first.origin)) : path;
    return whole.replace(/\ue000+/g, "{}").replace(/^(?!\/)/, "/");
};

/** The path of one resource: a collection's with a name below it. */
export const instanceOf = (path: string): string => {
    const after = path.slice(path.toLowerCase().lastIndexOf("/providers/") + 1).split("/");
    const isCollection = path.includes("/providers/") ? after.length % 2 === 1 : !/\/[^/]+\/[^/]+$/.test(path);
    return isCollection ? `${path}/{}` : path;
};

/** The path a Resource Manager request reads, for what is done with its answer. */
export const readPath = (address: Value): string | undefined => {
    const paths = new Set(
        settled(address)
            .flatMap(textsOf)
            .filter(({ parts }) => !parts.some(part => isHole(part) && part.kind === "next"))
            .map(text => {
                const template = templateOf(text);
                const target = readAddress(template);
                const path = target.to === "arm" || target.to === "unknown" ? armPath(target.path, template) : "";
                return path.startsWith("/subscriptions/") || /^\/providers\//i.test(path) ? path : "";
            }),
    );
    return paths.size === 1 ? [...paths].find(path => path !== "") : undefined;
};
