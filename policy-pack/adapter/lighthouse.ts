import type { Decided, Place as ModelPlace, Principal } from "../../access/model.ts";
import { findRole, type RoleDefinition } from "../../access/roles.ts";
import { modelScope, rightOf, roleNamed, scopeOf } from "./azure-grant.ts";
import { type GivenRight, holderPart, knownText, type ReadRights, rightBase } from "./given-right.ts";
import type { Place } from "./place.ts";
import { knownLower } from "./place-index.ts";
import type { PlainResource } from "./resource.ts";
import { roleGuid } from "./role-definition.ts";
import type { StackDefinitions } from "./stack-definitions.ts";
import { isKnown, partOf, textOf, textsOf, Unknown, type Value, whenKnown } from "./value.ts";

/** Types that define what principals of another tenant may do. */
const DEFINITIONS = [
    "azure-native:managedservices:RegistrationDefinition",
    "azure:lighthouse:Definition",
    "azurerm:LighthouseDefinition",
];

/** Types that delegate a scope to another tenant, and the property that says by which definition. */
const ASSIGNMENTS: Readonly<Record<string, string>> = {
    "azure-native:managedservices:RegistrationAssignment": "properties",
    "azure:lighthouse:Assignment": "lighthouseDefinitionId",
    "azurerm:LighthouseAssignment": "lighthouseDefinitionId",
};

const assignedBy = ({ token }: PlainResource): string | undefined =>
    token !== undefined && Object.hasOwn(ASSIGNMENTS, token) ? ASSIGNMENTS[token] : undefined;

const isOf = (assignment: PlainResource, definition: PlainResource): boolean => {
    const key = assignedBy(assignment) ?? "";
    if (assignment.links(key).some(({ urn }) => urn === definition.urn)) return true;
    const value = assignment.value(key);
    const id = knownLower(key === "properties" ? partOf(value, "registrationDefinitionId") : value);
    const own = [
        definition.id,
        ...["registrationDefinitionId", "lighthouseDefinitionId"].map(each => definition.text(each)),
    ];
    return id !== undefined && own.map(knownLower).some(each => each === id || each === id.split("/").at(-1));
};

/** Whether what an assignment gives is read from its definition. An assignment by itself does not show that. */
export const isToldByDefinition = (resource: PlainResource, defined: StackDefinitions): boolean =>
    assignedBy(resource) !== undefined &&
    (!defined.isWhole || defined.ofTypes(...DEFINITIONS).some(definition => isOf(resource, definition)));

/** A place that a definition is for: as the rules see it and as the model does. */
interface Delegated {
    readonly scope: Value<Place>;
    readonly place: Decided<ModelPlace>;
    /** Name of the assignment, where there is one. */
    readonly by?: string;
}

const SEEN_ALONE = new Unknown("a definition of Azure Lighthouse by itself does not show where it is assigned", true);

/** A subscription or a resource group can be delegated: https://learn.microsoft.com/azure/lighthouse/concepts/tenants-users-roles */
const subscriptionOf = (definition: PlainResource, defined: StackDefinitions): Delegated => {
    const scope = scopeOf(definition, defined);
    return isKnown(scope) && scope.kind === "subscription"
        ? { scope, place: modelScope(definition, scope, defined) }
        : { scope: { kind: "subscription", id: "" }, place: { kind: "subscription" } };
};

const delegatedBy = (definition: PlainResource, defined: StackDefinitions): readonly Delegated[] => {
    if (!defined.isWhole) return [{ scope: SEEN_ALONE, place: { undecided: SEEN_ALONE.why } }];
    const assignments = defined.ofTypes(...Object.keys(ASSIGNMENTS)).filter(each => isOf(each, definition));
    const places = assignments.map((assignment): Delegated => {
        const scope = scopeOf(assignment, defined);
        const place = modelScope(assignment, scope, defined);
        return { ...(isKnown(scope) ? { scope, place } : subscriptionOf(definition, defined)), by: assignment.name };
    });
    return places.length > 0 ? places : [subscriptionOf(definition, defined)];
};

const partOfDefinition = (definition: PlainResource, name: string): unknown =>
    definition.has("properties") ? partOf(definition.value("properties"), name) : definition.value(name);

/** An authorization, with the list that it is in. */
interface Listed {
    readonly list: "authorizations" | "eligibleAuthorizations";
    readonly authorization: unknown;
}

const listed = (definition: PlainResource, list: Listed["list"]): readonly Listed[] => {
    const value = partOfDefinition(definition, list);
    if (value === undefined || value === null) return [];
    return (Array.isArray(value) ? (value as unknown[]) : [value]).map(authorization => ({ list, authorization }));
};

/**
 * User Access Administrator assigns the roles that its authorization lists, to managed identities; nothing else that it
 * allows applies. Source: https://learn.microsoft.com/azure/lighthouse/concepts/tenants-users-roles
 */
const bounded = (role: RoleDefinition): RoleDefinition =>
    role.id === findRole("User Access Administrator").id
        ? {
              ...role,
              permissions: [
                  {
                      actions: ["Microsoft.Authorization/roleAssignments/*"],
                      notActions: [],
                      dataActions: [],
                      notDataActions: [],
                  },
              ],
          }
        : role;

/** The bound of an authorization, as the condition of a role assignment says it. */
const conditionOf = (authorization: unknown): Value<string | undefined> => {
    const name = "delegatedRoleDefinitionIds";
    return whenKnown(textsOf(partOf(authorization, name), name), ids =>
        ids.length === 0
            ? undefined
            : "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR " +
              "(@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] " +
              `ForAnyOfAnyValues:GuidEquals {${ids.map(id => roleGuid(id) ?? id).join(", ")}}))`,
    );
};

const roleOf = (authorization: unknown, defined: StackDefinitions): Value<RoleDefinition> =>
    whenKnown(textOf(partOf(authorization, "roleDefinitionId"), "roleDefinitionId"), id =>
        id === undefined ? new Unknown("'roleDefinitionId' is missing", false) : roleNamed(roleGuid(id) ?? id, defined),
    );

const subjectOf = ({ list, authorization }: Listed, defined: StackDefinitions) => {
    const condition = conditionOf(authorization);
    const definition = whenKnown(roleOf(authorization, defined), role =>
        condition === undefined ? role : bounded(role),
    );
    return {
        kind: "azure-grant",
        role: whenKnown(definition, ({ name }) => name),
        definition,
        principalType: undefined,
        principalIsIdentity: false,
        assignmentName: undefined,
        nameOrigin: "program",
        condition,
        activation: list === "authorizations" ? "active" : "eligible",
        waitsForPrincipal: true,
    } as const;
};

/** Somebody of the managing tenant: of an id that nobody of the stack has, the name that the authorization gives it. */
const holderOf = (
    definition: PlainResource,
    all: readonly Listed[],
    { list, authorization }: Listed,
    defined: StackDefinitions,
): Principal => {
    const key = definition.has("properties") ? "properties" : list;
    const holder = defined.principals.among(all, definition, key, partOf(authorization, "principalId"));
    const named = ["principalIdDisplayName", "principalDisplayName"].map(each => partOf(authorization, each));
    const name = named.find(each => typeof each === "string" && each !== "");
    return holder.key.startsWith("object:") && typeof name === "string" ? { ...holder, name } : holder;
};

/**
 * Reads the authorizations of a definition of Azure Lighthouse: roles that principals of another tenant hold, or may
 * activate, on what is delegated to it.
 * Source: https://learn.microsoft.com/azure/templates/microsoft.managedservices/2022-10-01/registrationdefinitions
 */
export const readLighthouse: ReadRights = (resource, defined) => {
    const all = [...listed(resource, "authorizations"), ...listed(resource, "eligibleAuthorizations")];
    const reason = knownText(textOf(partOfDefinition(resource, "description"), "description"));
    const places = delegatedBy(resource, defined);
    return all.flatMap((each, at) => {
        const holder = holderOf(resource, all, each, defined);
        const subject = subjectOf(each, defined);
        const role = isKnown(subject.definition) ? subject.definition.id : String(at);
        return places.map(({ scope, place, by }): GivenRight => {
            const part = [each.list, holderPart(holder, at), role, ...(by === undefined ? [] : [by])].join("/");
            const right = rightOf({ ...subject, scope }, place);
            const words = { ...(reason !== undefined && { reason }) };
            return {
                holder,
                right: { ...right, ...rightBase(resource, holder, words, part) },
                subject: { ...subject, scope },
            };
        });
    });
};
