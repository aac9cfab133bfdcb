import type { PlainResource } from "./resource.ts";
import type { UnjudgedSubject } from "./subject-grants.ts";

/** Properties that give a right, or receive one. */
const GIVING = [
    "roleDefinitionId",
    "roleDefinitionName",
    "roleObjectId",
    "roleIds",
    "appRoleId",
    "principalObjectId",
    "servicePrincipalObjectId",
];

/** A resource of Azure's that gives a right and that nothing else here reads. */
export const readUnjudged = (resource: PlainResource): readonly UnjudgedSubject[] => {
    const property = GIVING.find(key => resource.has(key));
    return property === undefined ? [] : [{ kind: "unjudged", type: resource.token ?? "", property }];
};
