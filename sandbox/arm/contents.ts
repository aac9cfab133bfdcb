import { maySee } from "./authorise.ts";
import { defaultView } from "./crud.ts";
import { page } from "./page.ts";
import { without } from "./request.ts";
import type { ArmRequest, ArmResponse } from "./request.ts";

export const GROUP_TYPE = "Microsoft.Resources/resourceGroups";

/** Every resource in a group or subscription that the caller may see, nested ones left out, as the portal lists them. */
export const listContents = (request: ArmRequest): ArmResponse => {
    const { cloud, caller, target } = request;
    const groups =
        target.type.type === GROUP_TYPE
            ? [target.id]
            : cloud.resources.by("parent", target.id.toLowerCase()).map(group => group.id);
    const type = /^resourceType eq '([^']+)'$/i.exec(request.query.get("$filter") ?? "")?.[1]?.toLowerCase();
    const members = groups
        .flatMap(group => cloud.resources.by("parent", group.toLowerCase()))
        .filter(resource => type === undefined || resource.type.toLowerCase() === type)
        .filter(resource => maySee(cloud, caller, resource.id));
    return page(request, members, 1000, resource => without(defaultView(resource), "properties"));
};
