import type { RoleDefinition } from "../../access/roles.ts";
import type { PlainResource } from "./resource.ts";
import { definitionOf, ROLE_DEFINITION_TOKENS } from "./role-definition.ts";
import { isKnown, type Value } from "./value.ts";

const ROLE_KEYS = ["roleDefinitionId", "roleDefinitionResourceId", "roleName", "name"];

/** What a stack itself defines and its grants refer to: custom roles, and app roles of its own APIs. */
export class StackDefinitions {
    readonly #roles = new Map<string, Value<RoleDefinition>>();
    readonly #appRoles = new Set<string>();

    /** Takes in a resource; one that defines nothing is of no effect. */
    add(resource: PlainResource): void {
        if (ROLE_DEFINITION_TOKENS.has(resource.token)) this.#addRole(resource);
        if (resource.token === "azuread:Application") this.#addAppRoles(resource.value("appRoles"));
        if (resource.token === "azuread:ApplicationAppRole") this.#addAppRoles([{ id: resource.value("roleId") }]);
    }

    #addRole(resource: PlainResource): void {
        const definition = definitionOf(resource);
        for (const text of ROLE_KEYS.map(key => resource.text(key))) {
            if (typeof text === "string") this.#roles.set((text.split("/").at(-1) ?? "").toLowerCase(), definition);
        }
        if (isKnown(definition) && definition.id !== "") this.#roles.set(definition.id, definition);
    }

    #addAppRoles(value: unknown): void {
        for (const role of Array.isArray(value) ? (value as unknown[]) : []) {
            const id: unknown = role !== null && typeof role === "object" ? Reflect.get(role, "id") : undefined;
            if (typeof id === "string") this.#appRoles.add(id.toLowerCase());
        }
    }

    /** A custom role by GUID or name, in any case. */
    role(key: string): Value<RoleDefinition> | undefined {
        return this.#roles.get(key.toLowerCase());
    }

    /** Whether an id is that of an app role of an API of the stack's own. */
    hasAppRole(id: string): boolean {
        return this.#appRoles.has(id.toLowerCase());
    }
}
