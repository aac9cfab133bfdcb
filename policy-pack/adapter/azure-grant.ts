import { findRole, type RoleDefinition } from "../../access/roles.ts";
import { nameOrigin } from "./assignment-name.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import { heldBy } from "./held.ts";
import type { PlainResource } from "./resource.ts";
import { linkedPlace, type Place, readPlace } from "./place.ts";
import { definitionOf, ROLE_DEFINITION_TOKENS, roleGuid } from "./role-definition.ts";
import type { AzureGrantSubject } from "./subject-grants.ts";
import { Unknown, type Value, whenKnown } from "./value.ts";

const scopeOf = (resource: PlainResource): Value<Place> => {
    const scope = resource.text("scope");
    if (scope instanceof Unknown) return linkedPlace(resource, "scope", scope);
    return scope === undefined ? new Unknown("'scope' is missing", false) : readPlace(scope);
};

const builtIn = (key: string): RoleDefinition | undefined => {
    try {
        return findRole(key);
    } catch {
        return undefined;
    }
};

const roleNamed = (key: string, defined: StackDefinitions): Value<RoleDefinition> =>
    builtIn(key) ??
    defined.role(key) ??
    new Unknown(`role '${key}' is neither built in nor defined in this stack, so what it allows is not known`, false);

const linkedRole = (resource: PlainResource, unknown: Unknown): Value<RoleDefinition> => {
    const [definition, ...others] = resource
        .links("roleDefinitionId")
        .filter(({ token }) => ROLE_DEFINITION_TOKENS.has(token));
    return definition === undefined || others.length > 0 ? unknown : definitionOf(definition);
};

const definition = (resource: PlainResource, defined: StackDefinitions): Value<RoleDefinition> => {
    const id = resource.text("roleDefinitionId");
    const name = resource.has("roleDefinitionName") ? resource.text("roleDefinitionName") : undefined;
    if (typeof id === "string") return roleNamed(roleGuid(id) ?? id, defined);
    if (typeof name === "string") return roleNamed(name, defined);
    if (id instanceof Unknown) return linkedRole(resource, id);
    return name ?? new Unknown("'roleDefinitionId' is missing", false);
};

/** Whether a principal's id that comes from a resource is that of an identity: of a person or group it never is Azure's own. */
const isIdentity = ({ token }: PlainResource): boolean =>
    token !== undefined && (token === "azuread:ServicePrincipal" || !token.startsWith("azuread:"));

/** Reads a role assignment of azure-native or classic azure. */
export const readAzureGrant = (resource: PlainResource, defined: StackDefinitions): AzureGrantSubject => {
    const role = definition(resource, defined);
    return {
        kind: "azure-grant",
        ...heldBy(resource, "principalId"),
        role: whenKnown(role, ({ name }) => name),
        definition: role,
        scope: scopeOf(resource),
        principalType: resource.text("principalType"),
        principalIsIdentity: resource.links("principalId").some(isIdentity),
        assignmentName: resource.text(resource.has("roleAssignmentName") ? "roleAssignmentName" : "name"),
        nameOrigin: nameOrigin(resource),
        condition: resource.text("condition"),
        activation: "active",
        waitsForPrincipal: resource.token !== "azure-native:authorization:RoleAssignment",
    };
};
