import { membershipsOf } from "../../access/escalation-memberships.ts";
import type { AccessModel, Principal, Right } from "../../access/model.ts";
import type { RoleDefinition } from "../../access/roles.ts";
import { lazy } from "../../access/facts.ts";
import { buildModel } from "./build-model.ts";
import { identitiesByResource } from "./identity-subject.ts";
import { Places } from "./places.ts";
import { Principals } from "./principals.ts";
import type { PlainResource } from "./resource.ts";
import { definitionOf, ROLE_DEFINITION_TOKENS, roleGuid } from "./role-definition.ts";
import type { IdentitySubject } from "./subject-identity.ts";
import { partOf, type Value } from "./value.ts";

const ROLE_KEYS = ["roleDefinitionId", "roleDefinitionResourceId", "roleName", "name"];

/**
 * What a stack itself defines and its grants refer to: custom roles, app roles of its own APIs; and, of a whole stack,
 * who its principals are and where its resources are.
 */
export class StackDefinitions {
    /** The resources of a whole stack; none where resources are seen one at a time. */
    readonly resources: readonly PlainResource[];
    readonly #rolesById = new Map<string, Value<RoleDefinition>>();
    readonly #rolesByName = new Map<string, Value<RoleDefinition>>();
    readonly #appRoles = new Map<string, string | undefined>();
    readonly #byToken = lazy(() => Map.groupBy(this.resources, ({ token }) => token ?? ""));
    readonly #places = lazy(() => new Places(this.resources));
    readonly #principals = lazy(() => new Principals(this.resources, this.#places()));
    readonly #model = lazy(() => buildModel(this));
    readonly #identities = lazy(() => identitiesByResource(this));
    readonly #held = lazy(() => Map.groupBy(this.model.rights, ({ holder }) => holder));
    readonly #members = lazy(() => membersByGroup(this.model));

    constructor(resources: readonly PlainResource[] = []) {
        this.resources = resources;
        for (const resource of resources) this.add(resource);
    }

    /** Whether the stack is seen as a whole. */
    get isWhole(): boolean {
        return this.resources.length > 0;
    }

    /** The resources of a whole stack that are of some types. */
    ofTypes(...tokens: readonly string[]): readonly PlainResource[] {
        return tokens.flatMap(token => this.#byToken().get(token) ?? []);
    }

    get places(): Places {
        return this.#places();
    }

    get principals(): Principals {
        return this.#principals();
    }

    /** Who can do what on what. Empty where resources are seen one at a time. */
    get model(): AccessModel {
        return this.#model();
    }

    /** The principals of a whole stack, by the URN of the resource that each is told of. */
    get identities(): ReadonlyMap<string, readonly IdentitySubject[]> {
        return this.#identities();
    }

    /** The rights of one principal, by its key. */
    heldBy(key: string): readonly Right[] {
        return this.#held().get(key) ?? [];
    }

    /** Who is in a group of the stack, by its key, be it through other groups. */
    membersOf(key: string): readonly Principal[] {
        return this.#members().get(key) ?? [];
    }

    /** Takes in what a resource defines; one that defines nothing is of no effect. */
    add(resource: PlainResource): void {
        if (ROLE_DEFINITION_TOKENS.has(resource.token)) this.#addRole(resource);
        if (resource.token === "azuread:Application") this.#addAppRoles(resource.value("appRoles"));
        if (resource.token === "azuread:ApplicationAppRole") this.#addAppRoles([appRoleOf(resource)]);
    }

    #addRole(resource: PlainResource): void {
        const definition = definitionOf(resource);
        for (const key of [...ROLE_KEYS, "id"]) {
            const text = key === "id" ? resource.id : resource.text(key);
            if (typeof text !== "string") continue;
            const guid = key === "roleName" ? undefined : roleGuid(text);
            if (guid !== undefined) this.#rolesById.set(guid, definition);
            else this.#rolesByName.set(text.toLowerCase(), definition);
        }
    }

    #addAppRoles(value: unknown): void {
        for (const role of Array.isArray(value) ? (value as unknown[]) : []) {
            const [id, name] = [partOf(role, "id"), partOf(role, "value")];
            if (typeof id === "string")
                this.#appRoles.set(id.toLowerCase(), typeof name === "string" ? name : undefined);
        }
    }

    /** A custom role by GUID or name, in any case. */
    role(key: string): Value<RoleDefinition> | undefined {
        const guid = roleGuid(key);
        return guid === undefined ? this.#rolesByName.get(key.toLowerCase()) : this.#rolesById.get(guid);
    }

    /** Whether an id is that of an app role of an API of the stack's own. */
    hasAppRole(id: string): boolean {
        return this.#appRoles.has(id.toLowerCase());
    }

    /** What an app role of an API of the stack's own is called: `Orders.Read`. */
    appRoleName(id: string): string | undefined {
        return this.#appRoles.get(id.toLowerCase());
    }
}

const membersByGroup = (model: AccessModel): ReadonlyMap<string, readonly Principal[]> => {
    const principals = new Map(model.principals.map(each => [each.key, each]));
    const pairs = [...membershipsOf(model)].flatMap(([member, groups]) =>
        groups.flatMap(({ group }) => {
            const principal = principals.get(member);
            return principal === undefined ? [] : [{ group, principal }];
        }),
    );
    return new Map(
        [...Map.groupBy(pairs, ({ group }) => group)].map(([group, list]) => [
            group,
            list.map(({ principal }) => principal),
        ]),
    );
};

const appRoleOf = (resource: PlainResource): unknown => ({
    id: resource.value("roleId"),
    value: resource.value("value"),
});
