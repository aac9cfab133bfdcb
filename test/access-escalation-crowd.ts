import * as fc from "fast-check";
import type { AccessModel, Decided, Entry, Host, Place, Principal, Right } from "../access/model.ts";
import {
    directoryRole,
    group,
    host,
    identity,
    member,
    modelOf,
    owner,
    permission,
    role,
    SUBSCRIPTION,
    UNDECIDED,
} from "./access-escalation-models.ts";

/*
 * Models of some twenty principals with many ways between them: as long as each other, through groups, back to where
 * they began, sure and not.
 */

const NAMES = Array.from({ length: 14 }, (_, at) => `w${at}`);
const PLACES = Array.from({ length: 7 }, (_, at) => group(`rg-${at}`));
const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
const TYPES = [
    "Microsoft.Web/sites",
    "Microsoft.Automation/automationAccounts",
    "Microsoft.Compute/virtualMachines",
    "Microsoft.New/things",
];

const PRINCIPALS: readonly Principal[] = [
    ...NAMES.map((name, index): Principal =>
        index % 2 === 0 ? { key: name, kind: "system-assigned", name } : identity(name, at(PLACES, index)),
    ),
    ...["ga", "gb", "gc"].map((name): Principal => ({ key: name, kind: "group", name })),
    { key: "app", kind: "application", name: "app" },
    { key: "sp", kind: "service-principal", name: "sp", application: "app" },
    { key: "ann", kind: "user", name: "ann" },
];

const HOSTS: readonly Host[] = NAMES.map((name, index) =>
    host(`h-${name}`, at(TYPES, index), at(PLACES, index * 3), index % 5 === 0 ? [name, at(NAMES, index + 3)] : [name]),
);

const HOLDER = fc.constantFrom(...NAMES, "ga", "gb", "gc", "sp", "ann");
const SCOPE = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...PLACES) },
    {
        weight: 1,
        arbitrary: fc.constantFrom<Decided<Place>>(SUBSCRIPTION, UNDECIDED, { kind: "managementGroup", id: "/m" }),
    },
    { weight: 3, arbitrary: fc.constantFrom(...HOSTS.map(({ place }) => place)) },
);
const ROLES = [
    ...["Website Contributor", "Automation Contributor", "Virtual Machine Contributor"],
    ...["Contributor", "Managed Identity Operator", "Owner"],
];
const PERMISSIONS = [
    ...["RoleManagement.ReadWrite.Directory", "Application.ReadWrite.OwnedBy"],
    ...["Group.ReadWrite.All", "User.Read.All", "Mail.Read"],
];
const pair = (from: readonly string[], to: readonly string[]): fc.Arbitrary<[string, string]> =>
    fc.tuple(fc.constantFrom(...from), fc.constantFrom(...to)).filter(([a, b]) => a !== b);

const RIGHT: fc.Arbitrary<Right> = fc.oneof(
    {
        weight: 10,
        arbitrary: fc
            .tuple(HOLDER, fc.constantFrom(...ROLES), SCOPE)
            .map(([who, name, scope]) => role(who, name, scope)),
    },
    {
        weight: 2,
        arbitrary: fc.tuple(HOLDER, fc.constantFrom(...PERMISSIONS)).map(([who, name]) => permission(who, name)),
    },
    {
        weight: 2,
        arbitrary: HOLDER.map((who): Right => ({
            ...permission(who, "User.Read.All"),
            ...{ key: `${who} ?`, permission: UNDECIDED, tier: UNDECIDED },
        })),
    },
    {
        weight: 3,
        arbitrary: pair([...NAMES, "ga", "gb", "ann"], ["ga", "gb", "gc"]).map(([who, of]) => member(who, of)),
    },
    {
        weight: 1,
        arbitrary: pair([...NAMES, "ga", "ann"], ["app", "sp", "ga", "gb"]).map(([who, of]) => owner(who, of)),
    },
    {
        weight: 1,
        arbitrary: pair(["ga", "gb", "ann", "sp"], ["Application Administrator", "Groups Administrator"]).map(
            ([who, name]) => directoryRole(who, name),
        ),
    },
);

const TRUST: fc.Arbitrary<Entry> = pair(NAMES, NAMES).map(([principal, trusts]) => ({
    key: `${trusts} as ${principal}`,
    urn: "urn",
    principal,
    kind: "federated-credential",
    trusts,
}));

/** Models in which many can become many. */
export const anyCrowd: fc.Arbitrary<AccessModel> = fc
    .tuple(
        fc.uniqueArray(RIGHT, { minLength: 5, maxLength: 45, size: "max", selector: ({ key }) => key }),
        fc.uniqueArray(TRUST, { maxLength: 4, selector: ({ key }) => key }),
    )
    .map(([rights, entries]) => modelOf({ principals: PRINCIPALS, hosts: HOSTS, rights, entries }));
