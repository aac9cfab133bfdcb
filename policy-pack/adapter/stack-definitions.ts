import type { RoleDefinition } from "../../access/roles.ts";
import type { PlainResource } from "./resource.ts";
import { definitionOf, ROLE_DEFINITION_TOKENS, roleGuid } from "./role-definition.ts";
import type { Value } from "./value.ts";

const ROLE_KEYS = ["roleDefinitionId", "roleDefinitionResourceId", "roleName", "name"];

/** What a stack itself defines and its grants refer to: custom roles, and app roles of its own APIs. */
export class StackDefinitions {
    readonly #rolesById = new Map<string, Value<RoleDefinition>>();
    readonly #rolesByName = new Map<string, Value<RoleDefinition>>();
    readonly #appRoles = new Set<string>();

    /** Takes in a resource; one that defines nothing is of no effect. */
    add(resource: PlainResource): void {
        if (ROLE_DEFINITION_TOKENS.has(resource.token)) this.#addRole(resource);
        if (resource.token === "azuread:Application") this.#addAppRoles(resource.value("appRoles"));
        if (resource.token === "azuread:ApplicationAppRole") this.#addAppRoles([{ id: resource.value("roleId") }]);
    }

    #addRole(resource: PlainResource): void {
        const definition = definitionOf(resource);
        for (const key of ROLE_KEYS) {
            const text = resource.text(key);
            if (typeof text !== "string") continue;
            const guid = key === "roleName" ? undefined : roleGuid(text);
            if (guid !== undefined) this.#rolesById.set(guid, definition);
            else this.#rolesByName.set(text.toLowerCase(), definition);
        }
    }

    #addAppRoles(value: unknown): void {
        for (const role of Array.isArray(value) ? (value as unknown[]) : []) {
            const id: unknown = role !== null && typeof role === "object" ? Reflect.get(role, "id") : undefined;
            if (typeof id === "string") this.#appRoles.add(id.toLowerCase());
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
}
