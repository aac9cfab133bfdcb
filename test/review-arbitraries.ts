import fc from "fast-check";
import type { AccessModel, Principal, Right } from "../access/model.ts";
import { identity, model, permission, role, SUBSCRIPTION, UNKNOWN, urn } from "./review-models.ts";

/** Who holds rights in these models. */
export const people: readonly Principal[] = ["a", "b", "c"].map(identity);
const GROUP = `${SUBSCRIPTION}/resourceGroups/rg-a`;
const VM = `${GROUP}/providers/Microsoft.Compute/virtualMachines/vm-a`;
const scopes = [SUBSCRIPTION, GROUP, VM, `${SUBSCRIPTION}/resourceGroups/rg-b`];

const anyRight: fc.Arbitrary<Right> = fc
    .record({
        holder: fc.constantFrom(...people),
        name: fc.constantFrom("User.Read.All", "User.ReadWrite.All", "Mail.Read", "Directory.Read.All"),
        role: fc.constantFrom("Reader", "Contributor", "Owner", "Virtual Machine Contributor"),
        scope: fc.constantFrom(...scopes),
        isRole: fc.boolean(),
        unknown: fc.constantFrom("no", "no", "holder", "what", "scope"),
        key: fc.nat(12).map(number => urn("any", String(number))),
    })
    .map(({ holder, name, role: roleName, scope, isRole, unknown, key }) => {
        const made = isRole ? role(holder, roleName, scope) : permission(holder, name);
        const who = unknown === "holder" ? { holder: `unknown:${key}` } : {};
        if (made.kind === "role")
            return {
                ...made,
                key,
                ...who,
                ...(unknown === "scope" ? { scope: UNKNOWN } : {}),
                ...(unknown === "what" ? { role: UNKNOWN, definition: UNKNOWN, tier: UNKNOWN } : {}),
            };
        return { ...made, key, ...who, ...(unknown === "what" ? { permission: UNKNOWN, tier: UNKNOWN } : {}) };
    });

/** Any model of a few rights, some of them not known. */
export const anyModel: fc.Arbitrary<AccessModel> = fc
    .uniqueArray(anyRight, { selector: ({ key }) => key, maxLength: 10 })
    .map(rights => model(people, rights));
