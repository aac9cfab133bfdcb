import type { Decided, Place as ModelPlace } from "../../access/model.ts";
import { findRole, roleMeantBy, type RoleDefinition } from "../../access/roles.ts";
import { nameOrigin } from "./assignment-name.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import { type DeclaredWords, declaredWords } from "./declared.ts";
import { decided, knownText, type ReadRights, rightBase, type RightSubject } from "./given-right.ts";
import type { PlainResource } from "./resource.ts";
import { linkedPlace, type Place, readPlace } from "./place.ts";
import { definitionOf, ROLE_DEFINITION_TOKENS, roleGuid } from "./role-definition.ts";
import { withType } from "./principals.ts";
import { isKnown, notKnownYet, Unknown, type Value, whenKnown } from "./value.ts";

/** The place that a resource's property `scope` names. */
export const scopeOf = (resource: PlainResource, { places }: StackDefinitions): Value<Place> => {
    const scope = resource.text("scope");
    if (scope === undefined) return new Unknown("'scope' is missing", false);
    if (!(scope instanceof Unknown)) return whenKnown(readPlace(scope), ({ id }) => ({ ...places.ofId(id), id }));
    return whenKnown(linkedPlace(resource, "scope", scope), place =>
        place.orResource === true ? place : { ...(places.linked(resource, "scope") ?? place), id: "" },
    );
};

/** The place of a scope in the model: with its id where the stack tells, be it by names alone. */
const placeOf = (resource: PlainResource, scope: Place, { places }: StackDefinitions): Decided<ModelPlace> => {
    const { id, orResource, ...place } = scope;
    if (id !== "") return places.ofId(id);
    const linked = places.linked(resource, "scope") ?? place;
    return orResource === true ? { undecided: notKnownYet("scope").why, atOrManagedBy: linked } : linked;
};

/** The place of a scope in the model, or why it is not known. */
export const modelScope = (
    resource: PlainResource,
    scope: Value<Place>,
    defined: StackDefinitions,
): Decided<ModelPlace> => (isKnown(scope) ? placeOf(resource, scope, defined) : { undecided: scope.why });

const builtIn = (key: string): RoleDefinition | undefined => {
    try {
        return findRole(key);
    } catch {
        return undefined;
    }
};

/** The role of an id or a name. */
export const roleNamed = (key: string, defined: StackDefinitions): Value<RoleDefinition> =>
    builtIn(key) ??
    defined.role(key) ??
    new Unknown(
        `role '${key}' is neither built in nor defined in this stack, so what it allows is not known${roleMeantBy(key)}`,
        false,
    );

const linkedRole = (resource: PlainResource, key: string, unknown: Unknown): Value<RoleDefinition> => {
    const [definition, ...others] = resource.links(key).filter(({ token }) => ROLE_DEFINITION_TOKENS.has(token));
    return definition === undefined || others.length > 0 ? unknown : definitionOf(definition);
};

const definition = (resource: PlainResource, defined: StackDefinitions): Value<RoleDefinition> => {
    const id = resource.text("roleDefinitionId");
    const name = resource.has("roleDefinitionName") ? resource.text("roleDefinitionName") : undefined;
    if (typeof id === "string") return roleNamed(roleGuid(id) ?? id, defined);
    if (typeof name === "string") return roleNamed(name, defined);
    if (id instanceof Unknown) return linkedRole(resource, "roleDefinitionId", id);
    if (name instanceof Unknown) return linkedRole(resource, "roleDefinitionName", name);
    return new Unknown("'roleDefinitionId' is missing", false);
};

/** Whether a principal's id that comes from a resource is that of an identity: of a person or group it never is Azure's own. */
const isIdentity = ({ token }: PlainResource): boolean =>
    token !== undefined && (token === "azuread:ServicePrincipal" || !token.startsWith("azuread:"));

/** Assignments of managed identities alone can have it. */
const OF_IDENTITIES = "delegatedManagedIdentityResourceId";

const NATIVE = "azure-native:authorization:RoleAssignment";

/** A request can be for the end of an assignment. Source: https://learn.microsoft.com/rest/api/authorization/role-assignment-schedule-requests/create */
const isRemoval = (resource: PlainResource): boolean =>
    /remove|expire|deactivate/i.test(knownText(resource.text("requestType")) ?? "");

const subjectOf = (resource: PlainResource, defined: StackDefinitions, actions: readonly string[] | undefined) => {
    const role = definition(resource, defined);
    return {
        kind: "azure-grant",
        role: whenKnown(role, ({ name }) => name),
        definition: role,
        scope: scopeOf(resource, defined),
        principalType: resource.text("principalType"),
        principalIsIdentity: resource.has(OF_IDENTITIES) || resource.links("principalId").some(isIdentity),
        assignmentName: resource.text(resource.has("roleAssignmentName") ? "roleAssignmentName" : "name"),
        nameOrigin: nameOrigin(resource),
        condition: resource.text("condition"),
        activation: /eligib/i.test(resource.token ?? "") ? "eligible" : "active",
        waitsForPrincipal: resource.token !== NATIVE,
        ...(actions && { actions }),
    } as const;
};

/** The words of the components around an assignment, else of its own description. */
const wordsOf = (resource: PlainResource): DeclaredWords => {
    const roleDefinitionGuid = roleGuid(knownText(resource.text("roleDefinitionId")) ?? "");
    const words = declaredWords(resource, { roleDefinitionGuid, scope: knownText(resource.text("scope")) });
    const reason =
        words.reason ?? knownText(resource.text(resource.has("justification") ? "justification" : "description"));
    return { ...words, ...(reason !== undefined && { reason }) };
};

type GrantSubject = Extract<RightSubject, { readonly kind: "azure-grant" }>;

/** What the model has of a grant, but for who holds it. */
export const rightOf = (subject: GrantSubject, scope: Decided<ModelPlace>) => {
    const condition = subject.condition instanceof Unknown ? undefined : subject.condition;
    return {
        kind: "role",
        role: decided(subject.role),
        definition: decided(subject.definition),
        scope,
        tier: decided(whenKnown(subject.definition, ({ tier }) => tier)),
        ...(condition !== undefined && { condition }),
        ...(subject.activation === "eligible" && { eligible: true as const }),
        ...(subject.actions && { actions: subject.actions }),
    } as const;
};

/** Reads a role assignment, active or eligible, of azure-native or classic azure. */
export const readAzureGrant: ReadRights = (resource, defined) => {
    if (isRemoval(resource)) return [];
    const words = wordsOf(resource);
    const holder = defined.principals.named(resource, "principalId");
    const subject = subjectOf(resource, defined, words.actions);
    const scope = modelScope(resource, subject.scope, defined);
    const right = { ...rightOf(subject, scope), ...rightBase(resource, holder, words) };
    return [{ holder: withType(holder, subject.principalType), right, subject }];
};
